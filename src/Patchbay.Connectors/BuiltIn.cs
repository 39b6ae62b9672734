namespace Patchbay.Connectors;

/// <summary>Names the assembly of the built-in providers.</summary>
public static class BuiltIn;
