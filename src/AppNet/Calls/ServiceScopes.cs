using Microsoft.Extensions.DependencyInjection;

namespace AppNet.Calls;

/// <summary>How the scope of a call's service ends.</summary>
internal static class ServiceScopes
{
    /// <summary>Disposes of a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <returns>What ends when its services are disposed of; what they throw is in it, never thrown by this method.</returns>
    public static ValueTask EndAsync(AsyncServiceScope scope)
    {
        try
        {
            return scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    /// <summary>Ends a scope behind a call in this process.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="scope">Its scope.</param>
    /// <returns>The call's result, once the scope has ended.</returns>
    public static async Task<TResult> EndAfterAsync<TResult>(Task<TResult> call, AsyncServiceScope scope)
    {
        await using (scope.ConfigureAwait(false))
        {
            return await call.ConfigureAwait(false);
        }
    }
}
