#pragma once
#include <QByteArray>
#include <QProcess>
#include <QStandardPaths>
#include <QStringList>

#include <tuple>

/// tshark, a stranger that reads what was exported.
class Shark
{
public:
    explicit Shark(const QString &file) : m_file(file) {}

    static bool isThere() { return !program().isEmpty(); }
    /// Why a test without it says nothing.
    static const char *absence() { return "needs tshark: sh resources/setup test installs it"; }

    /// What both sides of a conversation have said: the opener, the answerer.
    struct Talk
    {
        QByteArray said;
        QByteArray answered;

        friend bool operator==(const Talk &, const Talk &) = default;
        friend bool operator<(const Talk &a, const Talk &b)
        {
            return std::tie(a.said, a.answered) < std::tie(b.said, b.answered);
        }
    };
    Talk follow(int stream) const
    {
        Talk talk;
        const QList<QByteArray> lines =
            run({QStringLiteral("-q"), QStringLiteral("-z"), QStringLiteral("follow,tcp,raw,%1").arg(stream)})
                .split('\n');
        for (const QByteArray &line : lines) {
            const bool isAnswer = line.startsWith('\t');
            const QByteArray bytes = QByteArray::fromHex(line);
            if (!bytes.isEmpty() && line.trimmed().size() == bytes.size() * 2) // else it is a heading
                (isAnswer ? talk.answered : talk.said) += bytes;
        }
        return talk;
    }

    /// These fields of the packets that pass \a filter, a line each, blanks between them.
    QStringList packets(const QStringList &fields, const QString &filter = {}) const
    {
        QStringList arguments{QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-E"),
                              QStringLiteral("separator=/s")};
        for (const QString &field : fields)
            arguments += {QStringLiteral("-e"), field};
        if (!filter.isEmpty())
            arguments += {QStringLiteral("-Y"), filter};
        return QString::fromUtf8(run(arguments)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }

private:
    static QString program() { return QStandardPaths::findExecutable(QStringLiteral("tshark")); }

    // Checksums are looked at too: they are ours.
    QByteArray run(const QStringList &arguments) const
    {
        QProcess process;
        process.start(program(), QStringList{QStringLiteral("-r"), m_file, QStringLiteral("-o"),
                                             QStringLiteral("tcp.check_checksum:TRUE"), QStringLiteral("-o"),
                                             QStringLiteral("ip.check_checksum:TRUE")} +
                                     arguments);
        return process.waitForFinished(60'000) && process.exitCode() == 0 ? process.readAllStandardOutput()
                                                                          : QByteArray();
    }

    QString m_file;
};
