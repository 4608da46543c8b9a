#include "inspector/symbols/debugfile.h"

#include "inspector/symbols/functionname.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdlib>
#include <cstring>
#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <fcntl.h>
#include <unistd.h>

namespace inspector {

namespace {

int openFile(const QByteArray &path, char **name)
{
    const int fd = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
        *name = ::strdup(path.constData());
    return fd;
}

// The library's own function would ask a server if the environment names one. Where debug information lies apart is
// said by the build id; what several of such files share is named by them as \a link.
int findDebugFile(Dwfl_Module *module, void **, const char *, Dwarf_Addr, const char *file, const char *link, GElf_Word,
                  char **name)
{
    if (!file)
        return link && *link == '/' ? openFile(link, name) : -1;
    const unsigned char *bytes = nullptr;
    GElf_Addr address = 0;
    const int size = ::dwfl_module_build_id(module, &bytes, &address);
    if (size < 2)
        return -1;
    const QByteArray id = QByteArray(reinterpret_cast<const char *>(bytes), size).toHex();
    return openFile("/usr/lib/debug/.build-id/" + id.first(2) + '/' + id.sliced(2) + ".debug", name);
}

int findNothing(Dwfl_Module *, void **, const char *, Dwarf_Addr, char **, Elf **)
{
    return -1;
}

bool isFunction(Dwarf_Die *die)
{
    const int tag = ::dwarf_tag(die);
    return tag == DW_TAG_inlined_subroutine || tag == DW_TAG_subprogram || tag == DW_TAG_entry_point;
}

QString nameOf(Dwarf_Die *die)
{
    Dwarf_Attribute attribute;
    for (const unsigned int kind : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
        if (const char *name = ::dwarf_formstring(::dwarf_attr_integrate(die, kind, &attribute)))
            return demangled(name);
    }
    return QString::fromUtf8(::dwarf_diename(die));
}

QString absolute(const char *file, const char *directory)
{
    if (!file)
        return {};
    QString path = QFile::decodeName(file);
    if (!path.startsWith(QLatin1Char('/')) && directory)
        path.prepend(QFile::decodeName(directory) + QLatin1Char('/'));
    return QDir::cleanPath(path);
}

quint64 numberOf(Dwarf_Die *die, unsigned int kind)
{
    Dwarf_Attribute attribute;
    Dwarf_Word value = 0;
    return ::dwarf_formudata(::dwarf_attr(die, kind, &attribute), &value) == 0 ? value : 0;
}

} // namespace

class DebugFile::Reader
{
public:
    explicit Reader(const QString &path)
    {
        // What others say is a library may be a pipe, which opens when it likes.
        if (!QFileInfo(path).isFile())
            return;
        m_dwfl = ::dwfl_begin(&callbacks);
        const QByteArray name = QFile::encodeName(path);
        m_module = m_dwfl ? ::dwfl_report_offline(m_dwfl, name.constData(), name.constData(), -1) : nullptr;
        if (m_dwfl)
            ::dwfl_report_end(m_dwfl, nullptr, nullptr);
        if (!m_module || !::dwfl_module_getelf(m_module, &m_bias))
            m_module = nullptr;
    }
    ~Reader() { ::dwfl_end(m_dwfl); }
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    bool isOpen() const { return m_module; }
    QByteArray buildId() const
    {
        const unsigned char *bytes = nullptr;
        GElf_Addr address = 0;
        const int size = ::dwfl_module_build_id(m_module, &bytes, &address);
        return size > 0 ? QByteArray(reinterpret_cast<const char *>(bytes), size) : QByteArray();
    }
    QList<SourcePlace> placesOf(quint64 address) const
    {
        QList<SourcePlace> places = fromDebugInformation(address + m_bias);
        GElf_Sym symbol;
        GElf_Off offset = 0;
        const char *const name =
            ::dwfl_module_addrinfo(m_module, address + m_bias, &offset, &symbol, nullptr, nullptr, nullptr);
        if (!name)
            return places;
        // Of a function that was not inlined the table of symbols knows better what encloses a lambda.
        if (places.isEmpty())
            places.append(SourcePlace());
        places.last().function = demangled(name);
        return places;
    }

private:
    QList<SourcePlace> fromDebugInformation(Dwarf_Addr address) const
    {
        Dwarf_Addr bias = 0;
        Dwarf_Die *const unit = ::dwfl_module_addrdie(m_module, address, &bias);
        if (!unit)
            return {};
        SourcePlace place;
        if (Dwfl_Line *const line = ::dwfl_module_getsrc(m_module, address)) {
            const char *const file = ::dwfl_lineinfo(line, nullptr, &place.line, nullptr, nullptr, nullptr);
            place.file = absolute(file, ::dwfl_line_comp_dir(line));
        }
        Dwarf_Die *innermost = nullptr;
        int count = ::dwarf_getscopes(unit, address - bias, &innermost);
        if (count <= 0)
            return {place};
        // By its place in the file, so that what follows are the scopes that it stands in, and not those it came from.
        Dwarf_Die die;
        const Dwarf_Off offset = ::dwarf_dieoffset(innermost);
        std::free(innermost);
        Dwarf_Die *scopes = nullptr;
        if (::dwarf_offdie(::dwfl_module_getdwarf(m_module, &bias), offset, &die))
            count = ::dwarf_getscopes_die(&die, &scopes);
        const QList<SourcePlace> places = alongScopes(unit, scopes, count, place);
        std::free(scopes);
        return places;
    }

    static QList<SourcePlace> alongScopes(Dwarf_Die *unit, Dwarf_Die *scopes, int count, SourcePlace place)
    {
        QList<SourcePlace> places;
        for (int i = 0; scopes && i < count; ++i) {
            Dwarf_Die *const scope = &scopes[i];
            if (!isFunction(scope))
                continue;
            place.function = nameOf(scope);
            place.isInlined = ::dwarf_tag(scope) == DW_TAG_inlined_subroutine;
            places.append(place);
            if (!place.isInlined)
                return places;
            place = caller(unit, scope);
        }
        return places.isEmpty() ? QList{place} : places;
    }

    // Where the function that is around \a inlined has it.
    static SourcePlace caller(Dwarf_Die *unit, Dwarf_Die *inlined)
    {
        SourcePlace place;
        Dwarf_Files *files = nullptr;
        const char *const *directories = nullptr;
        std::size_t count = 0;
        if (::dwarf_getsrcfiles(unit, &files, nullptr) == 0) {
            if (::dwarf_getsrcdirs(files, &directories, &count) != 0 || count == 0)
                directories = nullptr;
            place.file = absolute(::dwarf_filesrc(files, numberOf(inlined, DW_AT_call_file), nullptr, nullptr),
                                  directories ? directories[0] : nullptr);
        }
        place.line = static_cast<int>(numberOf(inlined, DW_AT_call_line));
        return place;
    }

    static constexpr Dwfl_Callbacks callbacks = {.find_elf = findNothing,
                                                 .find_debuginfo = findDebugFile,
                                                 .section_address = ::dwfl_offline_section_address,
                                                 .debuginfo_path = nullptr};
    Dwfl *m_dwfl = nullptr;
    Dwfl_Module *m_module = nullptr;
    Dwarf_Addr m_bias = 0; ///< where the library has put the file
};

DebugFile::DebugFile(const QString &path, const QByteArray &buildId) : m_reader(std::make_unique<Reader>(path))
{
    if (!m_reader->isOpen())
        m_problem = Problem::Missing;
    else if (m_reader->buildId() != buildId)
        m_problem = Problem::Changed;
}

DebugFile::~DebugFile() = default;

QList<SourcePlace> DebugFile::placesOf(quint64 address) const
{
    return m_problem == Problem::None ? m_reader->placesOf(address) : QList<SourcePlace>();
}

} // namespace inspector
