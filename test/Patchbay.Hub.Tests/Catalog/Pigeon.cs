using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Tests.Catalog;

/// <summary>A provider that nothing outside this file and its manifest knows of.</summary>
[Provider("pigeon")]
internal sealed class Pigeon : IVerifyCredentials, ISendSms
{
    public Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<AccountInfo, ProviderFailure>>(new AccountInfo($"Loft {connection.Value("loft")}"));

    public Task<Result<MessageState, ProviderFailure>> SendSmsAsync(
        SmsRequest request, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<MessageState, ProviderFailure>>(new MessageState($"bird-{request.MessageId}", MessageStatus.Delivered));
}
