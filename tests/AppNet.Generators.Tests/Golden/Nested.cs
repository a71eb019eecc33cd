using AppNet;

namespace Some.@namespace
{
    public sealed class Outer
    {
        public record struct @class
        {
            [Connect]
            public static string @event(string @string, int async = 1) => @string;
        }

        internal interface IInner
        {
            [Connect]
            public static int Twice(int value) => 2 * value;
        }

        protected internal class Shielded
        {
            [Connect]
            protected internal static int Once(int value) => value;
        }
    }

    internal static class Outer_Inner
    {
        [Connect]
        internal static int One() => 1;
    }
}
