#include "inspector/exports/exportfile.h"

#include "inspector/exports/packets.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Export)
};

QString summaryOf(const PacketAccount &account)
{
    QString text = Texts::tr("%1 conversations, %L2 bytes received and %L3 sent")
                       .arg(account.conversations)
                       .arg(account.received)
                       .arg(account.sent);
    if (account.twins > 0)
        text += Texts::tr("; %1 other ends of the same ones left out").arg(account.twins);
    if (account.notCaptured > 0)
        text += Texts::tr("; %L1 bytes were not captured").arg(account.notCaptured);
    return text;
}

bool write(const QString &file, const Records &records, QIODevice &device, const RowChoice &choice, QString &summary)
{
    const qint64 epoch = records.objects.clock().epoch();
    const QString name = file.toLower();
    if (name.endsWith(".pcapng"_L1)) {
        const PacketAccount account = writePackets(records, device, epoch, choice);
        summary = summaryOf(account);
        return account.ok;
    }
    if (name.endsWith(".events.csv"_L1))
        return writeEventsCsv(records, device, epoch);
    if (name.endsWith(".events.json"_L1))
        return writeEventsJson(records, device, epoch);
    if (name.endsWith(".csv"_L1))
        return writeObjectsCsv(records, device, epoch, choice);
    return writeObjectsJson(records, device, epoch, choice);
}

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

ExportResult exportTo(const QString &file, const Records &records, const RowChoice &choice)
{
    ExportResult result;
    QSaveFile device(file);
    if (!canExport(file))
        result.problem = Texts::tr("%1: the name does not end in any of %2").arg(file, exportEndings().join(u", "_s));
    else if (!device.open(QIODevice::WriteOnly) || !write(file, records, device, choice, result.summary) ||
             !device.commit())
        result.problem = Texts::tr("%1 could not be written: %2").arg(file, device.errorString());
    return result;
}

} // namespace inspector
