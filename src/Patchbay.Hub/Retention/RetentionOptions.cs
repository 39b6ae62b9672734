using System.ComponentModel.DataAnnotations;

namespace Patchbay.Hub.Retention;

/// <summary>Settings under <c>Patchbay:Retention</c>: how long what has ended is kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>Finished deliveries with their payloads and attempts. Default 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Events. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Events { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Received webhooks. Default 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Inbox { get; set; } = TimeSpan.FromDays(90);
}
