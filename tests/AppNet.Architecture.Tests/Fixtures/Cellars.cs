using AppNet.Architecture.Tests.Fixtures.Above;
using AppNet.Architecture.Tests.Fixtures.Neutral;

// One class for each way in which one type can use another.
namespace AppNet.Architecture.Tests.Fixtures.Below;

internal sealed class UsesAsBase : Roof;

internal sealed class UsesAsInterface : IRoof;

internal sealed class UsesAsInterfaceArgument : List<Roof>;

internal sealed class UsesAsConstraint<T>
    where T : Roof;

internal static class UsesAsMethodConstraint
{
    public static void Of<T>()
        where T : Roof
    {
    }
}

[Roof]
internal sealed class UsesAsAttribute;

internal sealed class UsesAsAttributeOfParameter
{
    public static void Build([Roof] int height) => Sink.Take(height);
}

[Label(Kind = typeof(Roof))]
internal sealed class UsesInAttributeArgument;

internal sealed class UsesAsField
{
    public readonly Roof[] Roofs = [];
}

internal interface IUsesAsProperty
{
    Roof? Roof { get; }
}

internal interface IUsesAsEvent
{
    event EventHandler<Roof> Built;
}

internal interface IUsesAsParameter
{
    void Build(ref Roof roof);
}

internal interface IUsesAsResult
{
    Task<IReadOnlyList<Roof>> BuildAsync();
}

internal static class UsesAsLocal
{
    public static int Build()
    {
        Tile tile = default;
        return Sink.Count(ref tile);
    }
}

internal static class UsesInCatch
{
    public static void Build()
    {
        try
        {
            Sink.Take(1);
        }
        catch (RoofException)
        {
            Sink.Take(2);
        }
    }
}

internal static class UsesByCall
{
    public static object Build() => Roof.Build();
}

internal static class UsesByFieldOfAnother
{
    public static int Build() => Sink.Something<Roof>().Height;
}

internal static class UsesByCast
{
    public static bool Build(object something) => something is Roof;
}

internal static class UsesByTypeOf
{
    public static Type Build() => typeof(Roof);
}

internal static class UsesByGenericArgumentOfMethod
{
    public static object Build() => Sink.Something<Roof>();
}

internal static class UsesByBoxedEnum
{
    public static object Build() => RoofKind.Flat;
}

internal static class UsesInLambda
{
    public static Func<object> Build(int height) => () => Roof.Cover<object>() ?? height;
}

internal static class UsesInAsyncMethod
{
    public static async Task<object> BuildAsync()
    {
        await Task.Yield();
        return new Roof();
    }
}

internal static class UsesInIterator
{
    public static IEnumerable<object> Build()
    {
        yield return new Roof();
    }
}

internal sealed class UsesInNestedType
{
    internal sealed class Inner
    {
        public static object Build(int floors)
        {
            switch (floors)
            {
                case 0: return "none";
                case 1: return 1L;
                case 2: return 2.0;
                case 3: return '3';
                default: return new Roof();
            }
        }
    }
}

internal static class UsesInFilter
{
    public static void Build()
    {
        try
        {
            Sink.Take(1);
        }
        catch (Exception failure) when (failure is RoofException)
        {
            Sink.Take(2);
        }
    }
}
