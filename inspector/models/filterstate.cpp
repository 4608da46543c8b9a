#include "inspector/models/filterstate.h"

namespace inspector {

bool FilterState::setText(const QString &text)
{
    m_text = text;
    FilterParser parser;
    std::optional<Filter> filter = parser.parse(text);
    m_error = parser.error();
    if (!filter)
        return false;
    m_filter = *std::move(filter);
    Q_EMIT changed();
    return true;
}

} // namespace inspector
