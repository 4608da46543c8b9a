#include "libnet/probe/tapevents.h"
#include "libnet/wire/protocol.h"

// The wire does not know the probe, and repeats its numbers. Here both are known.
namespace net::agent {

namespace {

template <typename A, typename B>
constexpr bool same(A a, B b)
{
    return quint64(a) == quint64(b);
}

} // namespace

#define SAME(name) static_assert(same(probe::name, wire::name), #name)

SAME(SubjectKind::Server);
SAME(SubjectKind::Socket);

SAME(Origin::Created);
SAME(Origin::Accepted);
SAME(Origin::Adopted);

SAME(State::Idle);
SAME(State::Resolving);
SAME(State::Connecting);
SAME(State::Open);
SAME(State::ReadEnded);
SAME(State::WriteEnded);
SAME(State::Closed);
SAME(State::Listening);
SAME(State::Closing);

SAME(Flag::Paused);
SAME(Flag::NeedsDrain);
SAME(Flag::Ending);
SAME(Flag::NoReceiver);
SAME(Flag::HalfOpen);
SAME(Flag::Failed);
SAME(Flag::NoErrorHandler);
SAME(Flag::HasTimeout);
SAME(Flag::Unreferenced);
SAME(Flag::NoParent);
SAME(Flag::Armed);
SAME(Flag::HeldByOrder);
SAME(Flag::Piped);
SAME(Flag::WritesOn);

SAME(EventKind::Opened);
SAME(EventKind::Lookup);
SAME(EventKind::Attempt);
SAME(EventKind::AttemptFailed);
SAME(EventKind::Connected);
SAME(EventKind::Listening);
SAME(EventKind::Accepted);
SAME(EventKind::Dropped);
SAME(EventKind::Received);
SAME(EventKind::Sent);
SAME(EventKind::Queued);
SAME(EventKind::Drain);
SAME(EventKind::Paused);
SAME(EventKind::Resumed);
SAME(EventKind::PeerEnded);
SAME(EventKind::Ended);
SAME(EventKind::Finished);
SAME(EventKind::TimedOut);
SAME(EventKind::Failed);
SAME(EventKind::Closed);
SAME(EventKind::DataLost);
SAME(EventKind::WriteAfterEnd);
SAME(EventKind::Closing);
SAME(EventKind::HandedOver);
SAME(EventKind::TakenOver);
SAME(EventKind::Ordered);
SAME(EventKind::SlotReturned);

SAME(Call::Created);
SAME(Call::Connect);
SAME(Call::Listen);
SAME(Call::End);
SAME(Call::Destroy);

#undef SAME

static_assert(same(Family::Unspecified, wire::Family::Unspecified) && same(Family::IPv4, wire::Family::IPv4) &&
              same(Family::IPv6, wire::Family::IPv6) && same(Family::Local, wire::Family::Local));

} // namespace net::agent
