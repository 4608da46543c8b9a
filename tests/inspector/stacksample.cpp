#include <QtGlobal>

// A library whose functions and lines are known: what it returns are places in it, as a stack has them.

namespace sample {

static volatile int after = 0;

[[gnu::noinline]] void *here()
{
    return __builtin_extract_return_addr(__builtin_return_address(0));
}

class Fetcher
{
public:
    [[gnu::always_inline]] void *begin(int step)
    {
        void *const place = here(); // the line of the call
        after = step;
        return place;
    }
    [[gnu::noinline]] void *start(int step);
};

void *Fetcher::start(int step)
{
    void *const place = begin(step); // the line that it was inlined into
    after = step + 1;
    return place;
}

} // namespace sample

extern "C" Q_DECL_EXPORT void *samplePlace()
{
    return sample::Fetcher().start(1);
}
