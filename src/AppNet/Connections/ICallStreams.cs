namespace AppNet.Connections;

/// <summary>
/// The streams of one call, as the codecs of stream types see them: a stream's place among the arguments holds its number. Numbers of
/// parameters begin with 1. docs/protocol.md, section 9.
/// </summary>
internal interface ICallStreams
{
    /// <summary>At the caller: gives a number to items that are sent once the call is.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items, enumerated once.</param>
    /// <param name="codec">How an item is written.</param>
    /// <returns>The number.</returns>
    int Send<T>(IAsyncEnumerable<T> items, ValueCodec<T> codec);

    /// <summary>At the caller: gives a number to bytes that are sent once the call is.</summary>
    /// <param name="bytes">The bytes, read to their end; whoever gave them disposes of them.</param>
    /// <returns>The number.</returns>
    int Send(Stream bytes);

    /// <summary>At the caller: gives a number to reports that come back.</summary>
    /// <typeparam name="T">The type of the reports.</typeparam>
    /// <param name="progress">Who is told.</param>
    /// <param name="codec">How a report is read.</param>
    /// <returns>The number.</returns>
    int Listen<T>(IProgress<T> progress, ValueCodec<T> codec);

    /// <summary>Gives the items of a stream that comes in; 0 is the result.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="number">The number.</param>
    /// <param name="codec">How an item is read.</param>
    /// <returns>The items, to be read once.</returns>
    IAsyncEnumerable<T> ReceiveAsync<T>(int number, ValueCodec<T> codec);

    /// <summary>Gives the bytes of a stream that comes in; 0 is the result.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The bytes.</returns>
    Stream Receive(int number);

    /// <summary>At the callee: gives what sends reports to the caller.</summary>
    /// <typeparam name="T">The type of the reports.</typeparam>
    /// <param name="number">The number.</param>
    /// <param name="codec">How a report is written.</param>
    /// <returns>Who is told.</returns>
    IProgress<T> Report<T>(int number, ValueCodec<T> codec);

    /// <summary>At the callee: takes the items that are the result.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items, enumerated once.</param>
    /// <param name="codec">How an item is written.</param>
    void Return<T>(IAsyncEnumerable<T> items, ValueCodec<T> codec);

    /// <summary>At the callee: takes the bytes that are the result.</summary>
    /// <param name="bytes">The bytes, which are disposed of at their end.</param>
    void Return(Stream bytes);

    /// <summary>At the caller: wants nothing of the result.</summary>
    void Drop();
}
