using System.Text.Json;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Empty when there is no customer; null in rows that are older than the column, whose details say it.</summary>
internal sealed class PaymentCustomer : IStoredAs<string?, string>
{
    public static string Write(string? value) => value ?? "";

    public static string? Read(Row row, string column)
    {
        var id = row.FindText(column) ?? JsonSerializer.Deserialize<PaymentDetails>(row.Text("details"), HubJson.Stored)?.Customer?.Id;
        return string.IsNullOrEmpty(id) ? null : id;
    }
}
