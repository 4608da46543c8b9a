#include "libnet/agent/modulelist.h"

#include <QFile>

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <limits>
#include <link.h>

using namespace Qt::StringLiterals;

namespace net::agent {

namespace {

// Whoever loads and unloads in a loop gets new places; then the rest has no number.
constexpr std::size_t mostNumbers = 8192;

/// The build id in a segment of notes, empty if it is not there.
QByteArray buildIdIn(QByteArrayView notes)
{
    constexpr auto padded = [](quint64 size) {
        return qsizetype((size + 3) & ~quint64(3));
    };
    while (notes.size() >= qsizetype(sizeof(ElfW(Nhdr)))) {
        ElfW(Nhdr) head;
        std::memcpy(&head, notes.data(), sizeof head);
        notes = notes.sliced(sizeof head);
        const qsizetype rest = padded(head.n_namesz) + padded(head.n_descsz);
        if (rest > notes.size())
            break;
        if (head.n_type == NT_GNU_BUILD_ID && notes.first(head.n_namesz) == QByteArrayView("GNU", 4))
            return notes.sliced(padded(head.n_namesz), head.n_descsz).toByteArray();
        notes = notes.sliced(rest);
    }
    return {};
}

wire::Module moduleOf(const dl_phdr_info &info)
{
    wire::Module module;
    module.record.base = info.dlpi_addr;
    module.record.begin = std::numeric_limits<quint64>::max();
    for (int i = 0; i < info.dlpi_phnum; ++i) {
        const ElfW(Phdr) &segment = info.dlpi_phdr[i];
        const quint64 begin = info.dlpi_addr + segment.p_vaddr;
        if (segment.p_type == PT_LOAD) {
            module.record.begin = std::min(module.record.begin, begin);
            module.record.end = std::max(module.record.end, quint64(begin + segment.p_memsz));
        } else if (segment.p_type == PT_NOTE && module.buildId.isEmpty()) {
            module.buildId =
                buildIdIn(QByteArrayView(reinterpret_cast<const char *>(begin), qsizetype(segment.p_memsz)));
        }
    }
    // The program itself has no name here.
    module.path = info.dlpi_name && *info.dlpi_name ? QFile::decodeName(info.dlpi_name)
                                                    : QFile::symLinkTarget(u"/proc/self/exe"_s);
    return module;
}

} // namespace

void ModuleList::look()
{
    struct Look
    {
        quint64 before;
        quint64 now = 0;
        std::vector<Loaded> loaded = {};
    } look{m_changes};
    ::dl_iterate_phdr(
        [](dl_phdr_info *info, std::size_t, void *to) {
            Look &look = *static_cast<Look *>(to);
            look.now = info->dlpi_adds + info->dlpi_subs;
            if (look.now == look.before)
                return 1;
            if (wire::Module module = moduleOf(*info); module.record.end > module.record.begin)
                look.loaded.push_back({.module = std::move(module)});
            return 0;
        },
        &look);
    if (look.now == m_changes)
        return;
    m_changes = look.now;
    m_loaded = std::move(look.loaded);
    std::ranges::sort(m_loaded, {}, [](const Loaded &each) { return each.module.record.begin; });
}

quint32 ModuleList::numberOf(quint64 address)
{
    const auto after =
        std::ranges::upper_bound(m_loaded, address, {}, [](const Loaded &each) { return each.module.record.begin; });
    if (after == m_loaded.begin() || address >= std::prev(after)->module.record.end)
        return 0;
    return number(*std::prev(after));
}

quint32 ModuleList::number(Loaded &loaded)
{
    if (loaded.number == 0) {
        // Perhaps it was here before, and had one.
        const auto isIt = [&loaded](const wire::Module &known) {
            return known.record.base == loaded.module.record.base && known.buildId == loaded.module.buildId &&
                   known.path == loaded.module.path;
        };
        auto known = std::ranges::find_if(m_numbered, isIt);
        if (known == m_numbered.end()) {
            if (m_numbered.size() >= mostNumbers)
                return 0;
            known = m_numbered.insert(known, loaded.module);
            known->record.module = quint32(m_numbered.size());
        }
        loaded.number = known->record.module;
    }
    return loaded.number;
}

} // namespace net::agent
