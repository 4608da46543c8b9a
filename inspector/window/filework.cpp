#include "inspector/window/filework.h"

#include <QFileInfo>

namespace inspector {

using namespace std::chrono_literals;

// Less than a frame of the screen, so that a live window beside it stays smooth.
static constexpr std::chrono::milliseconds bit = 10ms;

FileWork::FileWork(const QString &what, QWidget *window)
    : QObject(window),
      m_dialog(new QProgressDialog(what, tr("Cancel"), 0, 1000, window))
{
    m_dialog->setObjectName(QStringLiteral("fileWork"));
    m_dialog->setMinimumDuration(1000);
    m_dialog->setAutoReset(false);
    m_dialog->setAutoClose(false);
    connect(&m_turn, &QTimer::timeout, this, &FileWork::step);
    connect(m_dialog, &QProgressDialog::canceled, this, [this] {
        m_turn.stop();
        Q_EMIT cancelled();
        deleteLater();
    });
}

FileWork::~FileWork()
{
    delete m_dialog;
}

void FileWork::start()
{
    m_dialog->setValue(0); // from now on the second is counted
    m_turn.start(0);
}

void FileWork::step()
{
    QString trouble = m_begun ? QString() : begin();
    m_begun = true;
    if (trouble.isEmpty() && work(bit)) {
        m_dialog->setValue(std::min(999, static_cast<int>(progress() * 1000)));
        return;
    }
    m_turn.stop();
    m_dialog->reset();
    if (trouble.isEmpty())
        trouble = problem();
    if (trouble.isEmpty())
        Q_EMIT done();
    else
        Q_EMIT failed(trouble);
    deleteLater();
}

Opening::Opening(const QString &file, QWidget *window)
    : FileWork(tr("Opening %1").arg(QFileInfo(file).fileName()), window),
      m_file(file),
      m_session(std::make_unique<Session>(SessionLoader::options())),
      m_loader(*m_session)
{
    start();
}

Saving::Saving(const QString &file, const Session &session, QWidget *window)
    : FileWork(tr("Saving %1").arg(QFileInfo(file).fileName()), window),
      m_file(file),
      m_saver(session.records())
{
    start();
}

Exporting::Exporting(const QString &file, const Session &session, const Choice &choice, QWidget *window)
    : FileWork(tr("Exporting %1").arg(QFileInfo(file).fileName()), window),
      m_export(file, session.records(), choice)
{
    start();
}

} // namespace inspector
