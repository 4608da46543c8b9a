#pragma once

namespace net::probe {

/// Loads the agent's library and starts it if the environment asks for it: LIBNET_INSPECT=1, and no other value.
/// Looks beside libLibNet, then where the system looks. Does so once in a process, whatever comes of it; a failure
/// is a warning. Thread-safe, and cheap to call again.
void loadAgentIfAsked();

} // namespace net::probe
