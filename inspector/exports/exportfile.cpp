#include "inspector/exports/exportfile.h"

#include "inspector/exports/packets.h"
#include "inspector/exports/tables.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Export)
};

} // namespace

QStringList exportEndings()
{
    return {u".pcapng"_s, u".csv"_s, u".json"_s, u".events.csv"_s, u".events.json"_s};
}

bool canExport(const QString &file)
{
    const QStringList endings = exportEndings();
    return std::ranges::any_of(endings,
                               [&](const QString &ending) { return file.endsWith(ending, Qt::CaseInsensitive); });
}

Export::Export(const QString &file, const Records &records, const Choice &choice)
    : m_records(records),
      m_choice(choice),
      m_file(file)
{
}

QString Export::begin()
{
    if (!canExport(m_file.fileName()))
        m_problem =
            Texts::tr("%1: the name does not end in any of %2").arg(m_file.fileName(), exportEndings().join(u", "_s));
    else if (!m_file.open(QIODevice::WriteOnly))
        m_problem = complaint();
    else
        m_content = contentFor(m_file.fileName().toLower());
    return m_problem;
}

// Times are those of the clock that the records were made by, whenever they are exported.
std::unique_ptr<Content> Export::contentFor(const QString &name)
{
    const qint64 epoch = m_records.objects.clock().epoch();
    const LineForm form = name.endsWith(".csv"_L1) ? LineForm::Csv : LineForm::Json;
    if (name.endsWith(".pcapng"_L1))
        return std::make_unique<Packets>(m_records, m_file, epoch, m_choice.rows);
    if (name.endsWith(".events.csv"_L1) || name.endsWith(".events.json"_L1))
        return std::make_unique<EventLines>(m_records, m_file, epoch, form, m_choice.events);
    return std::make_unique<ObjectLines>(m_records, m_file, epoch, form, m_choice.rows);
}

bool Export::writeOn(std::chrono::milliseconds budget)
{
    QElapsedTimer watch;
    watch.start();
    while (!m_done && watch.elapsed() < budget.count()) {
        if (!m_content->writeNext())
            finish();
    }
    return !m_done;
}

QString Export::complaint() const
{
    return Texts::tr("%1 could not be written: %2").arg(m_file.fileName(), m_file.errorString());
}

void Export::finish()
{
    m_done = true;
    if (!m_content->ok() || !m_file.commit())
        m_problem = complaint();
}

ExportResult exportTo(const QString &file, const Records &records, const Choice &choice)
{
    Export work(file, records, choice);
    ExportResult result{.problem = work.begin(), .isOnOutput = work.isOnOutput()};
    if (!result.problem.isEmpty())
        return result;
    while (work.writeOn(std::chrono::hours(1)))
        ;
    result.problem = work.problem();
    if (result.problem.isEmpty())
        result.summary = work.summary();
    return result;
}

} // namespace inspector
