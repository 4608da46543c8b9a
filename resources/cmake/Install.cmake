# cmake --install and find_package(LibNet CONFIG): LibNet::Net, LibNet::Agent, headers below include/libnet.
include(CMakePackageConfigHelpers)

# The prefix can be moved: everything finds its neighbours from where it stands.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/LibNet)
file(RELATIVE_PATH bin_to_lib ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
set_target_properties(LibNet LibNetAgent PROPERTIES INSTALL_RPATH "$ORIGIN")

install(TARGETS LibNet LibNetAgent EXPORT LibNetTargets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT development
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
if(TARGET net-inspector)
    set_target_properties(net-inspector PROPERTIES INSTALL_RPATH "$ORIGIN/${bin_to_lib}")
    install(TARGETS net-inspector RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT inspector)
    include(${CMAKE_CURRENT_LIST_DIR}/Desktop.cmake)
    # The views as a widget belong to the inspector's package altogether: the others know no widgets.
    set_target_properties(LibNetInspector PROPERTIES INSTALL_RPATH "$ORIGIN")
    install(TARGETS LibNetInspector EXPORT LibNetInspectorTargets COMPONENT inspector
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
    install(FILES inspector/embed/inspectorwidget.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/libnet COMPONENT inspector)
    install(EXPORT LibNetInspectorTargets NAMESPACE LibNet:: DESTINATION ${package_dir} COMPONENT inspector)
endif()

get_directory_property(public_headers DIRECTORY libnet DEFINITION public_headers)
list(TRANSFORM public_headers PREPEND ${PROJECT_SOURCE_DIR}/libnet/)
install(FILES ${public_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/libnet COMPONENT development)
install(FILES libnet/cluster/cluster.h libnet/cluster/worker.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/libnet/cluster
    COMPONENT development)
install(FILES libnet/agent/agent.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/libnet/agent COMPONENT development)

configure_package_config_file(resources/cmake/LibNetConfig.cmake.in LibNetConfig.cmake
    INSTALL_DESTINATION ${package_dir})
# Until 1.0 each minor version may break the one before.
write_basic_package_version_file(LibNetConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/LibNetConfig.cmake ${PROJECT_BINARY_DIR}/LibNetConfigVersion.cmake
    DESTINATION ${package_dir} COMPONENT development)
install(EXPORT LibNetTargets NAMESPACE LibNet:: DESTINATION ${package_dir} COMPONENT development)

# pkg-config, for those who build without CMake. The files find the prefix from where they stand.
foreach(name libnet-qt6 libnet-qt6-agent)
    set(pc_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
    file(RELATIVE_PATH pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
    set(pc_prefix "\${pcfiledir}/${pc_to_prefix}")
    if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}") # elsewhere than all the rest, which is not to be moved then
        set(pc_libdir "${CMAKE_INSTALL_LIBDIR}")
        set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
    endif()
    configure_file(resources/cmake/${name}.pc.in ${name}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endforeach()
