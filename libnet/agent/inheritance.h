#pragma once

namespace net::agent {

/// What fork() must not hand on: a child has no agent thread, and must neither keep the agent's connections open
/// nor count into what nobody reads. Until it runs another program it is not inspected.
void guardForks();
/// True in a process that was forked off after guardForks().
bool isForkedChild();

/// \a descriptor is closed in children from now on ...
void notInherited(int descriptor);
/// ... until it is closed here.
void closed(int descriptor);

} // namespace net::agent
