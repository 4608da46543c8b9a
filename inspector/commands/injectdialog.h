#pragma once
#include <QByteArray>
#include <QDialog>

#include <optional>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace inspector {

/// Asks for bytes to inject, as text or as hex.
class InjectDialog : public QDialog
{
    Q_OBJECT

public:
    explicit InjectDialog(bool towardsPeer, QWidget *parent = nullptr);

    /// What was typed; nothing if it is no hex, or empty, or longer than a command may be.
    std::optional<QByteArray> bytes() const;
    void accept() override;

Q_SIGNALS:
    void chosen(const QByteArray &bytes);

private:
    void judge();

    QPlainTextEdit *m_text;
    QCheckBox *m_hex;
    QLabel *m_verdict;
    QPushButton *m_ok;
};

} // namespace inspector
