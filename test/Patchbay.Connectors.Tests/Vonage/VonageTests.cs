using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/vonage.yaml</c>.</summary>
public sealed class VonageTests() : MessageConnectorContract("vonage");
