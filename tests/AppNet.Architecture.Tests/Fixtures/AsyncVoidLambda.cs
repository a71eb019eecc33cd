namespace AppNet.Architecture.Tests.Fixtures;

internal static class AsyncVoidLambda
{
    public static Action Make(int height) => async () =>
    {
        await Task.Yield();
        Neutral.Sink.Take(height);
    };
}
