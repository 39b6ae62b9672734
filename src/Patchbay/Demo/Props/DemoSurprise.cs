namespace Patchbay.Demo.Props;

/// <summary>Something went differently from how the demo tells it.</summary>
internal sealed class DemoSurprise(string message) : Exception(message);
