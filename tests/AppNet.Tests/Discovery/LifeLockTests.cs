using AppNet.Discovery;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Discovery;

public sealed class LifeLockTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Who_looks_whether_a_lock_is_free_is_not_taken_for_its_owner()
    {
        var files = Left();
        var looks = 0;
        var looking = Task.Run(
            () =>
            {
                for (; Volatile.Read(ref looks) < 500; Interlocked.Increment(ref looks))
                {
                    Assert.True(LifeLock.IsFree(in files));
                }
            },
            TestContext.Current.CancellationToken);

        var held = 0;
        while (!looking.IsCompleted)
        {
            held += LifeLock.IsHeld(files.Lock) ? 1 : 0;
        }

        await looking.Within();
        Assert.Equal(0, held);
    }

    [Fact]
    public void A_lock_is_free_when_its_owner_has_gone_and_the_look_leaves_no_file()
    {
        var files = new RuntimeFiles(Folder(), Guid.NewGuid());
        using (LifeLock.Take(in files))
        {
            Assert.False(LifeLock.IsFree(in files));
        }

        Assert.True(LifeLock.IsFree(in files));
        Assert.Equal(files.Lock, Assert.Single(Directory.GetFiles(files.Folder)));
    }

    private RuntimeFiles Left()
    {
        var files = new RuntimeFiles(Folder(), Guid.NewGuid());
        LifeLock.Take(in files).Dispose();
        return files;
    }

    private string Folder() => Directory.CreateDirectory(_temp["locks"]).FullName;
}
