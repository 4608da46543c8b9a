#include "inspector/commands/editor.h"

#include <QFileInfo>
#include <QInputDialog>
#include <QProcess>
#include <QStandardPaths>

namespace inspector {

using namespace Qt::StringLiterals;

// By how likely it is that somebody who has it writes C++ in it.
static constexpr QLatin1StringView knownEditors[] = {"qtcreator -client %f:%l"_L1,
                                                     "clion --line %l %f"_L1,
                                                     "code --goto %f:%l"_L1,
                                                     "codium --goto %f:%l"_L1,
                                                     "kdevelop %f:%l"_L1,
                                                     "kate --line %l %f"_L1,
                                                     "subl %f:%l"_L1,
                                                     "zed %f:%l"_L1,
                                                     "gvim +%l %f"_L1,
                                                     "emacsclient +%l %f"_L1,
                                                     "gedit +%l %f"_L1,
                                                     "gnome-text-editor %f"_L1,
                                                     "kwrite --line %l %f"_L1,
                                                     "mousepad --line=%l %f"_L1,
                                                     "featherpad +%l %f"_L1,
                                                     "xdg-open %f"_L1};

Editor::Editor(const QString &command, QWidget *window) : QObject(window), m_command(command), m_window(window) {}

QStringList Editor::installed()
{
    QStringList commands;
    for (const QString known : knownEditors) {
        if (!QStandardPaths::findExecutable(known.section(u' ', 0, 0)).isEmpty())
            commands += known;
    }
    return commands;
}

QStringList Editor::words(const QString &command, const QString &file, int line)
{
    QStringList words = QProcess::splitCommand(command);
    const bool saysWhere = words.mid(1).join(u' ').contains(u"%f"_s);
    for (QString &word : words) {
        // In one go: the name of a file may have a %l in it.
        QString filled;
        for (qsizetype i = 0; i < word.size(); ++i) {
            const QStringView two = QStringView(word).sliced(i).first(qMin<qsizetype>(2, word.size() - i));
            if (two == u"%f" || two == u"%l") {
                filled += two == u"%f" ? file : QString::number(qMax(1, line));
                ++i;
            } else {
                filled += word.at(i);
            }
        }
        word = filled;
    }
    if (!words.isEmpty() && !saysWhere)
        words += file;
    return words;
}

QString Editor::open(const QString &file, int line) const
{
    if (file.isEmpty())
        return tr("No line of source is known there: it was built without debug information, or that is not installed");
    if (!QFileInfo(file).isFile())
        return tr("%1 is not on this computer").arg(file);
    const QString command = m_command.isEmpty() ? installed().value(0) : m_command;
    if (command.isEmpty())
        return tr("No editor was found; name one with \"Choose the editor\" in the menu of the call stacks");
    const QStringList all = words(command, file, line);
    if (all.isEmpty() || !QProcess::startDetached(all.constFirst(), all.mid(1)))
        return tr("The editor can't be started: %1").arg(command);
    return {};
}

void Editor::choose()
{
    auto *const dialog = new QInputDialog(m_window);
    dialog->setObjectName(u"editorDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Choose the editor"));
    dialog->setLabelText(tr("Command that opens a file; %f is the file and %l the line:"));
    QStringList commands = installed();
    if (!m_command.isEmpty()) {
        commands.removeAll(m_command);
        commands.prepend(m_command);
    }
    dialog->setComboBoxItems(commands);
    dialog->setComboBoxEditable(true);
    dialog->setTextValue(commands.value(0));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &command) {
        m_command = command.trimmed();
        Q_EMIT chosen(m_command);
    });
    dialog->open();
}

} // namespace inspector
