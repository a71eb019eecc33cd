namespace AppNet.Connections;

/// <summary>What is said when the service is not there whose method was called.</summary>
internal static class ServiceErrors
{
    /// <summary>The service is not registered.</summary>
    /// <param name="service">The service.</param>
    /// <param name="hasServices">Whether the peer has any.</param>
    /// <returns>The error.</returns>
    public static NetException Missing(Type service, bool hasServices)
    {
        string name = SignatureText.NameOf(service);
        return new NetException(
            NetError.Refused,
            hasServices
                ? $"The service '{name}', whose method was called, is not registered. Register it: builder.Services.AddScoped<{name}>(). "
                    + "The function has not run."
                : $"The service '{name}', whose method was called, can't be found: the peer has no services. Add it to a host, "
                    + "builder.Services.AddAppNet(), or set NetOptions.Services. The function has not run.");
    }

    /// <summary>The service can't be made.</summary>
    /// <param name="service">The service.</param>
    /// <param name="cause">Why.</param>
    /// <returns>The error.</returns>
    public static NetException Unmade(Type service, Exception cause) => new(
        NetError.Refused,
        $"The service '{SignatureText.NameOf(service)}', whose method was called, can't be made: {cause.Message} The function has not run.",
        cause);
}
