# net-inspector in other languages; where Qt's tools for them are missing it speaks English.
find_package(Qt6LinguistTools 6.4 QUIET)
if(NOT Qt6LinguistTools_FOUND)
    message(STATUS "net-inspector will speak English only: it needs Qt6LinguistTools (Debian: qt6-tools-dev, qt6-l10n-tools)")
    return()
endif()

set(translations ${CMAKE_CURRENT_SOURCE_DIR}/translations/net-inspector_de.ts)
qt_add_translation(compiled_translations ${translations})
qt_add_resources(inspector_gui translations PREFIX /inspector/translations
    BASE ${CMAKE_CURRENT_BINARY_DIR} FILES ${compiled_translations})

# Takes new texts into the .ts files and drops those that are gone; afterwards a person translates what is unfinished.
add_custom_target(refresh-translations
    COMMAND $<TARGET_FILE:Qt6::lupdate> -silent -I . -locations none -no-obsolete -source-language en inspector
        -ts ${translations}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM
    COMMENT "Taking the texts of inspector/ into inspector/translations")
