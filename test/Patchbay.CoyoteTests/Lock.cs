namespace Patchbay;

/// <summary>
/// Stands in for <see cref="System.Threading.Lock"/>, which Coyote does not know: a <c>lock</c> on any other object is one it sees. The
/// name is found before the system's, because the sources that are compiled here live below this namespace.
/// </summary>
internal sealed class Lock;
