#pragma once

namespace net::probe {
/// Loads the agent if the environment asks for it (LIBNET_INSPECT).
void loadAgentIfAsked();
} // namespace net::probe
