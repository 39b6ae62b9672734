namespace Patchbay.Playing;

/// <summary>Something went differently from how it was expected.</summary>
internal sealed class Surprise(string message) : Exception(message);
