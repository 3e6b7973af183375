using Sluice.Kafka.Records;

namespace Sluice.Rest.V3.Records;

/// <summary>A report that is owed to the client: a delivery under way, or an error that is known already.</summary>
internal readonly struct PendingReport
{
    private PendingReport(ValueTask<DeliveryReport> delivery, DataSummary key, DataSummary value, int bytes, int errorCode, string errorMessage) =>
        (IsOwed, Delivery, Key, Value, Bytes, ErrorCode, ErrorMessage) = (true, delivery, key, value, bytes, errorCode, errorMessage);

    public ValueTask<DeliveryReport> Delivery { get; }

    public DataSummary Key { get; }

    public DataSummary Value { get; }

    /// <summary>What the record counts in the window of records in flight.</summary>
    public int Bytes { get; }

    /// <summary>False for the default value: nothing is owed.</summary>
    public bool IsOwed { get; }

    /// <summary>True when the report can be written without waiting.</summary>
    public bool IsKnown => ErrorCode != 0 || Delivery.IsCompleted;

    /// <summary>0: ask <see cref="Delivery"/>.</summary>
    public int ErrorCode { get; }

    public string ErrorMessage { get; }

    public static PendingReport Of(ValueTask<DeliveryReport> delivery, ParsedRecord record, int bytes) =>
        new(delivery, Summary(record.Key), Summary(record.Value), bytes, 0, "");

    public static PendingReport Of(int errorCode, string message) => new(default, default, default, 0, errorCode, message);

    private static DataSummary Summary(ParsedData data) => new(data.Format, data.Size, data.Schema);
}
