namespace Sluice.Rest.V3.Records;

/// <summary>One entry of a batch.</summary>
/// <param name="Id">The client's name for it; unique in the batch.</param>
/// <param name="Record">The record's JSON, as a stream has it: without the id.</param>
internal sealed record BatchEntry(string Id, ReadOnlyMemory<byte> Record);
