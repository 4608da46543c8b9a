# Where a desktop looks for net-inspector: menu entry, icons, the kind of its files, what software centres tell, the man page.
set(inspector_resources ${PROJECT_SOURCE_DIR}/inspector/resources)
install(FILES ${inspector_resources}/net-inspector.desktop
    DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT inspector)
install(FILES ${inspector_resources}/net-inspector.metainfo.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT inspector)
install(FILES ${inspector_resources}/net-inspector-mime.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME net-inspector.xml COMPONENT inspector)
install(FILES ${inspector_resources}/net-inspector.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT inspector)
foreach(size 16 24 32 48 64 128 256)
    install(FILES ${inspector_resources}/icons/net-inspector-${size}.png
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps RENAME net-inspector.png
        COMPONENT inspector)
endforeach()

# Compressed, as distributions want it.
set(man_page ${PROJECT_BINARY_DIR}/net-inspector.1)
configure_file(${inspector_resources}/net-inspector.1.in ${man_page} @ONLY)
find_program(LIBNET_TOOL_gzip gzip)
if(LIBNET_TOOL_gzip)
    add_custom_command(OUTPUT ${man_page}.gz
        COMMAND ${LIBNET_TOOL_gzip} -9 -n -k -f ${man_page}
        DEPENDS ${man_page} VERBATIM)
    add_custom_target(man-page ALL DEPENDS ${man_page}.gz)
    set(man_page ${man_page}.gz)
endif()
install(FILES ${man_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT inspector)
