# cpack: a package for Debian 12 for the libraries, for what one needs to build with them, and for the inspector.
# Debian has another libnet (packet injection), so these carry Qt's name.
set(CPACK_PACKAGE_NAME libnet-qt6)
set(CPACK_PACKAGE_VENDOR "The libnet maintainers")
set(CPACK_PACKAGE_CONTACT "The libnet maintainers <maintainers@users.noreply.b-seed-75d8e071.example>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own, and would have the project's before it
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL runtime development inspector)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/libnet)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY "=")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(runtime libnet-qt6-${LIBNET_SOVERSION})
set(same_version "${runtime} (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME ${runtime})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION "${PROJECT_DESCRIPTION}
Servers and sockets over TCP and local paths, with events, backpressure and
half-open connections.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libnet-qt6-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${same_version}, qt6-base-dev (>= 6.4)")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "${PROJECT_DESCRIPTION} (development files)
Headers, and what CMake and pkg-config need to find the library.")
set(CPACK_DEBIAN_INSPECTOR_PACKAGE_NAME net-inspector)
set(CPACK_DEBIAN_INSPECTOR_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_INSPECTOR_DESCRIPTION "Shows the sockets of running applications live
Attaches to applications that use libnet and shows their servers, connections
and what flows through them.")

# The linker's cache is renewed by dpkg's trigger. CPack would have scripts do that, unless one gives it others: it warns
# that these are missing, and leaves them out.
file(WRITE ${PROJECT_BINARY_DIR}/debian/triggers "activate-noawait ldconfig\n")
foreach(component IN ITEMS RUNTIME INSPECTOR)
    set(CPACK_DEBIAN_${component}_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/triggers
        /none-as-ldconfig-is-triggered/postinst /none-as-ldconfig-is-triggered/postrm)
endforeach()

# Each package brings the licence and what has changed, where Debian wants them. Debian's own changelog has a form that
# its tools read; of ours it says where it is.
find_program(LIBNET_TOOL_gzip gzip)
set(changes ${PROJECT_BINARY_DIR}/debian/CHANGELOG.md)
if(LIBNET_TOOL_gzip)
    add_custom_command(OUTPUT ${changes}.gz
        COMMAND ${CMAKE_COMMAND} -E copy ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${changes}
        COMMAND ${LIBNET_TOOL_gzip} -9 -n -f ${changes}
        DEPENDS ${PROJECT_SOURCE_DIR}/CHANGELOG.md VERBATIM)
    set(compressed ${changes}.gz)
endif()
file(TIMESTAMP CHANGELOG.md changed "%a, %d %b %Y %H:%M:%S +0000" UTC)
foreach(component IN ITEMS runtime development inspector)
    string(TOUPPER ${component} upper)
    set(documents ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
    install(FILES LICENSE DESTINATION ${documents} RENAME copyright COMPONENT ${component})
    if(LIBNET_TOOL_gzip)
        set(name ${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
        set(entry ${PROJECT_BINARY_DIR}/debian/${name}.changelog)
        file(CONFIGURE OUTPUT ${entry} @ONLY CONTENT "@name@ (@PROJECT_VERSION@) unstable; urgency=medium

  * What has changed is in /usr/share/doc/@name@/CHANGELOG.md.gz

 -- @CPACK_PACKAGE_CONTACT@  @changed@
")
        add_custom_command(OUTPUT ${entry}.gz COMMAND ${LIBNET_TOOL_gzip} -9 -n -k -f ${entry} DEPENDS ${entry} VERBATIM)
        list(APPEND compressed ${entry}.gz)
        install(FILES ${changes}.gz DESTINATION ${documents} COMPONENT ${component})
        install(FILES ${entry}.gz DESTINATION ${documents} RENAME changelog.gz COMPONENT ${component})
    endif()
endforeach()
if(LIBNET_TOOL_gzip)
    add_custom_target(changelog ALL DEPENDS ${compressed})
endif()

include(CPack)
