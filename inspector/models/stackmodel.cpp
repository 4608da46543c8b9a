#include "inspector/models/stackmodel.h"

#include "inspector/models/objectcolumns.h"
#include "inspector/models/objecttext.h"
#include "inspector/models/strangetext.h"

#include <QFont>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::Call;

StackModel::StackModel(LiveView &view, Symbolizer &symbolizer, QObject *parent)
    : QAbstractItemModel(parent),
      m_view(view),
      m_symbolizer(symbolizer)
{
    connect(&m_view, &LiveView::framed, this, &StackModel::update);
    connect(&m_symbolizer, &Symbolizer::found, this, &StackModel::update);
}

void StackModel::setSubject(SubjectKey key)
{
    m_subject = key;
    update();
}

void StackModel::setActive(bool active)
{
    m_isActive = active;
    update();
}

void StackModel::update()
{
    if (!m_isActive)
        return;
    QList<Group> now = groups();
    if (now == m_groups)
        return;
    const auto isLike = [](const Group &a, const Group &b) {
        return a.title == b.title && a.own == b.own && a.frames.size() == b.frames.size();
    };
    if (!std::ranges::equal(now, m_groups, isLike)) {
        beginResetModel();
        m_groups = std::move(now);
        endResetModel();
        return;
    }
    m_groups = std::move(now);
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex group = index(row, 0);
        Q_EMIT dataChanged(group, index(row, Program));
        if (const int count = rowCount(group))
            Q_EMIT dataChanged(index(0, 0, group), index(count - 1, Program, group));
    }
}

QList<StackModel::Group> StackModel::groups() const
{
    const ObjectTable &table = m_view.objects();
    const int row = table.find(m_subject);
    if (row < 0 || m_subject.isProcess() || m_subject.isListener())
        return {};
    const QList<CallSite> sites = callSitesOf(m_view, m_symbolizer, m_subject);
    QList<Group> groups;
    const RowKind kind = table.identity(row).kind;
    if (kind == RowKind::Accepted && isRecorded())
        groups.append(acceptance(row));
    for (const CallSite &site : sites)
        groups.append(groupOf(site, kind == RowKind::Server));
    return groups;
}

// Somebody wants stacks, or its agent takes them by itself.
bool StackModel::isRecorded() const
{
    const Session &session = m_view.session();
    return (session.isLive() && session.takesStacks()) || session.records().stacks.isToldBy(m_subject.process);
}

StackModel::Group StackModel::acceptance(int row) const
{
    const ObjectTable &table = m_view.objects();
    const int server = table.serverOf(row);
    Group group{.title = server < 0 ? tr("Accepted") : tr("Accepted by %1").arg(rowTitle(table, server)),
                .time = m_view.clockText(table.identity(row).createdAt),
                .help =
                    tr("The connection came from outside: nobody in the application has created it. Below stands who "
                       "had the server listen, if that is known.")};
    const auto listened =
        server < 0 ? std::nullopt : callSiteOf(m_view, m_symbolizer, table.identity(server).key, Call::Listen);
    if (listened) {
        group.frames = listened->frames;
        group.own = listened->own();
    }
    return group;
}

static QString titleOf(Call call, bool isServer)
{
    switch (call) {
    case Call::Created:
        return StackModel::tr("Created");
    case Call::Connect:
        return StackModel::tr("connect()");
    case Call::Listen:
        return StackModel::tr("listen()");
    case Call::End:
        return StackModel::tr("end()");
    case Call::Destroy:
        return isServer ? StackModel::tr("close()") : StackModel::tr("Destroyed");
    }
    return StackModel::tr("Call %1").arg(static_cast<int>(call));
}

StackModel::Group StackModel::groupOf(const CallSite &site, bool isServer) const
{
    Group group{.title = titleOf(site.call, isServer),
                .time = m_view.clockText(site.time),
                .frames = site.frames,
                .own = site.own()};
    if (site.isLost)
        group.help = tr("Its stack found no place: the application's agent keeps a bounded number of different ones.");
    else if (site.isCut)
        group.help = tr("Only the innermost %1 frames are kept.").arg(net::wire::mostStackFrames);
    return group;
}

std::pair<QString, QString> StackModel::absence() const
{
    if (!m_groups.isEmpty())
        return {};
    const int row = m_view.objects().find(m_subject);
    if (row < 0 || m_subject.isProcess() || m_subject.isListener())
        return {row < 0 ? tr("Nothing is chosen") : tr("A process is called by nobody"),
                tr("Choose a server or a connection above to see who in the application has created it, had it connect "
                   "or listen, ended or destroyed it.")};
    const Session &session = m_view.session();
    if (!session.isLive())
        return {tr("No call stacks of this object are in the recording"),
                tr("They are if they were recorded when it was made: \"Record call stacks\" in the menu View.")};
    const AgentFeed *const feed = session.feed(m_subject.process);
    if (feed && feed->requests().isTooOldForStacks())
        return {tr("The libnet of this application tells no call stacks"),
                tr("It is older than this net-inspector. Build the application with the libnet of today.")};
    if (!isRecorded())
        return {tr("Call stacks are not recorded"),
                tr("\"Record call stacks\" above tells who calls from then on. To see who has created what is there "
                   "already, start the application with LIBNET_INSPECT_STACKS=1.")};
    return {tr("Nobody has called since call stacks are recorded"),
            tr("The next connect(), end() or destroy() shows here. To see who has created what is there already, start "
               "the application with LIBNET_INSPECT_STACKS=1.")};
}

const CallFrame *StackModel::frame(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &m_groups.at(static_cast<qsizetype>(index.internalId()) - 1).frames.at(index.row());
}

QModelIndex StackModel::firstOwn() const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_groups.at(row).own >= 0)
            return index(static_cast<int>(m_groups.at(row).own), 0, index(row, 0));
    }
    return {};
}

QString StackModel::text(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const Group &group = m_groups.at(index.internalId() ? static_cast<qsizetype>(index.internalId()) - 1 : index.row());
    QString text = u"%1 %2\n"_s.arg(group.title, group.time);
    for (qsizetype i = 0; i < group.frames.size(); ++i) {
        const CallFrame &frame = group.frames.at(i);
        text += u"#%1  %2"_s.arg(QString::number(i), frame.function);
        if (!frame.file.isEmpty())
            text += frame.line > 0 ? u" at %1:%2"_s.arg(frame.file).arg(frame.line) : u" at "_s + frame.file;
        if (!frame.module.isEmpty())
            text += u" (%1)"_s.arg(frame.module);
        text += u'\n';
    }
    return text;
}

QModelIndex StackModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr(0));
}

QModelIndex StackModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr(0));
}

int StackModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups.at(parent.row()).frames.size());
}

int StackModel::columnCount(const QModelIndex &) const
{
    return Program + 1;
}

QVariant StackModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Function ? tr("Called by") : section == Source ? tr("Source") : tr("Program or library");
}

QVariant StackModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == 0)
        return groupData(m_groups.at(index.row()), index.column(), role);
    return frameData(m_groups.at(static_cast<qsizetype>(index.internalId()) - 1), index.row(), index.column(), role);
}

QVariant StackModel::groupData(const Group &group, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return column == Function ? group.title : column == Source ? group.time : QString();
    case Qt::ToolTipRole:
        return group.help.isEmpty() ? QVariant() : group.help;
    case Qt::FontRole: {
        QFont font;
        font.setBold(column == Function);
        return font;
    }
    case ToneRole:
        return static_cast<int>(column == Function ? Tone::Plain : Tone::Dim);
    default:
        return {};
    }
}

QVariant StackModel::frameData(const Group &group, qsizetype at, int column, int role) const
{
    const CallFrame &frame = group.frames.at(at);
    const bool isFirstOwn = at == group.own;
    switch (role) {
    case Qt::DisplayRole:
        if (column == Source)
            return frame.place();
        if (column == Program)
            return frame.module;
        // A mark beside the colour, for every kind of eye.
        return (isFirstOwn ? u"▶ "_s : u"  "_s) +
               (frame.isInlined ? tr("%1 (inlined)").arg(frame.function) : frame.function);
    case Qt::AccessibleTextRole:
        return column == Function && isFirstOwn ? tr("%1, the application's own").arg(frame.function) : QVariant();
    case Qt::ToolTipRole:
        if (column == Source && !frame.file.isEmpty())
            return plainTip(tr("%1 (a double click or Return opens it)").arg(frame.file));
        return plainTip(frame.signature);
    case ToneRole:
        return static_cast<int>(frame.isOwn && column == Function ? Tone::Plain : isFirstOwn ? Tone::Plain : Tone::Dim);
    default:
        return {};
    }
}

} // namespace inspector
