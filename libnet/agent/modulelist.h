#pragma once
#include "libnet/wire/messages.h"

#include <vector>

namespace net::agent {

/// The programs and libraries of this process. One gets a number when an address in it is first asked for, and keeps
/// it after it was unloaded. In one thread.
class ModuleList
{
public:
    /// The number of the module that \a address lies in; 0: in none.
    quint32 numberOf(quint64 address);
    /// Looks again what is loaded, if anything was since.
    void look();
    /// Those that have numbers, by number - 1.
    const std::vector<wire::Module> &numbered() const { return m_numbered; }

private:
    struct Loaded
    {
        wire::Module module;
        quint32 number = 0;
    };
    quint32 number(Loaded &loaded);

    std::vector<Loaded> m_loaded; ///< by their begin
    std::vector<wire::Module> m_numbered;
    quint64 m_changes = 0; ///< of what is loaded, as the loader counts
};

} // namespace net::agent
