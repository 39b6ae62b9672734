using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests.Providers;

public sealed class PigeonTests() : MessageConnectorContract("pigeon");
