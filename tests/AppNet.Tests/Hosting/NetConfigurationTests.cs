using AppNet.Hosting;
using Xunit;

namespace AppNet.Tests.Hosting;

public sealed class NetConfigurationTests
{
    [Fact]
    public void Every_option_of_a_simple_type_can_be_configured()
    {
        Type[] simple = [typeof(string), typeof(int), typeof(long), typeof(bool), typeof(double), typeof(TimeSpan)];

        var missing = typeof(NetOptions).GetProperties()
            .Where(property => property.CanWrite && simple.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
            .Select(property => property.Name)
            .Except(NetConfiguration.Properties, StringComparer.Ordinal);

        Assert.True(!missing.Any(), $"NetConfiguration.Settings lacks {string.Join(", ", missing)}.");
    }
}
