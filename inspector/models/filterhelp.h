#pragma once
#include <QString>
#include <QStringList>

namespace inspector {

/// The page about the filter language, as rich text; an example on it is a link "filter:" and the example.
QString filterHelp();
/// The examples on it, as they are typed.
QStringList filterExamples();

} // namespace inspector
