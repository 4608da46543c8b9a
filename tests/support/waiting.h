#pragma once
#include <QtTest>

#include <functional>

namespace test {

/// How long anything may take before a test says that it does not happen; sanitizers are slow.
inline constexpr int LongestWait = 20'000;

/// Runs the event loop until \a condition holds; false if it does not in time.
bool waitFor(const std::function<bool()> &condition, int msecs = LongestWait);

/// Runs the event loop until it has nothing left to do at once: what would follow an event has followed.
void settle();

} // namespace test

/// Waits for a condition in a test function, which fails if it does not come true.
#define WAIT_FOR(condition) QVERIFY2(test::waitFor([&] { return bool(condition); }), "waited in vain for " #condition)
