#pragma once
#include <QSet>
#include <QString>

namespace test {

/// Reads public headers as text: which names they declare, and which types nobody has said a word about.
/// Knows the style of this tree, not C++.
class HeaderReader
{
public:
    /// Reads \a text of the header \a file.
    void read(const QString &file, const QString &text);

    /// "Socket::write" for members that are not private, "net::pipe" for functions of the namespace.
    QSet<QString> functions() const { return m_functions; }
    /// "ListenOptions::port".
    QSet<QString> fields() const { return m_fields; }
    /// "net::Socket", for everything that has a name in the namespace.
    QSet<QString> types() const { return m_types; }
    /// "file: name" of classes and structs without a doc comment.
    QStringList undocumentedTypes() const { return m_undocumented; }

private:
    struct Scope
    {
        QString name = {};
        bool isPrivate = false;
        bool isBody = false; ///< of a function or an initializer: nothing is declared there
    };

    void declaration(QString text);
    void open(const QString &text);
    QString takeAccess(QString text);

    QList<Scope> m_scopes;
    QSet<QString> m_functions;
    QSet<QString> m_fields;
    QSet<QString> m_types;
    QStringList m_undocumented;
};

} // namespace test
