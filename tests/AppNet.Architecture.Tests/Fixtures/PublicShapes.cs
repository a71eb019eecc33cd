using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace AppNet.Architecture.Tests.Fixtures;

/// <summary>One of each thing that the text of a public API has to tell.</summary>
public static class PublicShapes
{
    public const int Answer = 42;

    public enum Color
    {
        Red,
        Green = 5,
    }

    public interface ISeam<in T>
        where T : notnull
    {
        string? this[int index] { get; }

        void Take(T value, Color color = Color.Green);
    }

    public delegate int Measure(string? text);

    public static string Join(this string text, string? other = null, params int[] numbers) => text + other + numbers.Length;

    public static bool TryFind<T>([NotNullWhen(true)] string? name, out List<T?> found, CancellationToken cancellationToken = default)
        where T : class, new()
    {
        found = [];
        return name is not null && !cancellationToken.IsCancellationRequested;
    }

    public static T? Maybe<T>(T value, T? other, Task<T> later) => later.IsCompleted ? value : other;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ref readonly int Pick(ref int first, in int second) => ref first > second ? ref first : ref second;

    public readonly record struct Point(int X, int? Y);

    public sealed record Person
    {
        public required string Name { get; init; }

        public IReadOnlyDictionary<string, object?>? Values { get; internal set; }
    }

    public abstract class Shape : IDisposable
    {
        protected Shape()
        {
        }

        public event EventHandler? Changed;

        protected internal int Sides { get; protected set; } = 3;

        public abstract double Area(double scale = 1.5);

        public override string ToString() => $"{Sides}";

        public void Dispose() => Changed?.Invoke(this, EventArgs.Empty);

        protected virtual void Turn(char axis = 'x', string way = "l\"r")
        {
        }

        private protected void Hide() => Sides = 0;

        internal void Show() => Hide();
    }
}
