using AppNet;

public static class Shapes
{
    [Connect("area of a square")]
    public static double Area(double side) => side * side;

    [Connect("area of a rectangle")]
    public static double Area(double width, double height) => width * height;

    public static double Area(string text) => text.Length;
}
