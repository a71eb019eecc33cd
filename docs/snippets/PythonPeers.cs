namespace AppNet.Snippets.PythonPeers;

public static class Calc
{
    // <multiply>
    [Connect("MultiplyValues")]
    public static int MultiplyValues(int a, int b) => a * b;
    // </multiply>
}
