#include "inspector/commands/injectdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace inspector {

using namespace Qt::StringLiterals;

// A command's frame holds 64 KiB, with some room for what stands around the bytes.
static constexpr qsizetype mostBytes = 60 * 1024;

InjectDialog::InjectDialog(bool towardsPeer, QWidget *parent)
    : QDialog(parent),
      m_text(new QPlainTextEdit),
      m_hex(new QCheckBox(tr("&Hexadecimal"))),
      m_verdict(new QLabel)
{
    setObjectName(u"injectDialog"_s);
    setWindowTitle(towardsPeer ? tr("Write to the peer") : tr("Have the application receive"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setAccessibleName(tr("Bytes to inject"));
    m_text->setFont(QFont(u"monospace"_s));
    m_hex->setObjectName(u"hex"_s);
    auto *const layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    layout->addWidget(m_hex);
    layout->addWidget(m_verdict);
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("&Inject"));
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &InjectDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_text, &QPlainTextEdit::textChanged, this, &InjectDialog::judge);
    connect(m_hex, &QCheckBox::toggled, this, &InjectDialog::judge);
    judge();
}

std::optional<QByteArray> InjectDialog::bytes() const
{
    QByteArray bytes = m_text->toPlainText().toUtf8();
    if (m_hex->isChecked()) {
        static const QRegularExpression pairs(u"^(\\s*[0-9A-Fa-f]{2})*\\s*$"_s);
        if (!pairs.match(m_text->toPlainText()).hasMatch())
            return {};
        bytes = QByteArray::fromHex(bytes);
    }
    if (bytes.isEmpty() || bytes.size() > mostBytes)
        return {};
    return bytes;
}

void InjectDialog::judge()
{
    const auto typed = bytes();
    m_ok->setEnabled(typed.has_value());
    m_verdict->setText(typed                ? tr("%1 bytes").arg(typed->size())
                       : m_hex->isChecked() ? tr("Pairs of hexadecimal digits, up to 60 KiB")
                                            : tr("Some text, up to 60 KiB; a new line is one byte, 0A"));
}

void InjectDialog::accept()
{
    if (const auto typed = bytes()) {
        Q_EMIT chosen(*typed);
        QDialog::accept();
    }
}

} // namespace inspector
