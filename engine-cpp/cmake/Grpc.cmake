# grpc_libraries: gRPC and protobuf. Static unless OUTCRY_SHARED says otherwise, so that the server needs nothing but libc and
# libm; shared ones link faster while developing. Debian's gRPCConfig.cmake names only shared libraries, hence the archives by name.
# outcry_proto_library(<target> <file.proto> <import dir>): generated messages and services.
if(NOT OUTCRY_SHARED)
  set(Protobuf_USE_STATIC_LIBS ON)
endif()
find_package(Protobuf REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)

add_library(grpc_libraries INTERFACE)
if(OUTCRY_SHARED)
  foreach(name grpc++ grpc gpr)
    find_library(LIB_${name} NAMES ${name} REQUIRED)
    target_link_libraries(grpc_libraries INTERFACE ${LIB_${name}})
  endforeach()
  target_link_libraries(grpc_libraries INTERFACE ${Protobuf_LIBRARY} Threads::Threads)
  # Their headers use what they themselves are linked with.
  target_link_options(grpc_libraries INTERFACE -Wl,--copy-dt-needed-entries)
else()
  foreach(name grpc++ grpc gpr upb address_sorting re2 cares z ssl crypto)
    find_library(LIB_${name} NAMES lib${name}.a REQUIRED)
    list(APPEND GRPC_ARCHIVES ${LIB_${name}})
  endforeach()
  get_filename_component(ARCHIVE_DIR ${LIB_gpr} DIRECTORY)
  file(GLOB ABSL_ARCHIVES ${ARCHIVE_DIR}/libabsl_*.a)
  target_link_libraries(
    grpc_libraries
    INTERFACE "$<LINK_GROUP:RESCAN,${GRPC_ARCHIVES},${Protobuf_LIBRARY},${ABSL_ARCHIVES}>"
              Threads::Threads dl m)
  target_link_options(grpc_libraries INTERFACE -static-libstdc++ -static-libgcc -Wl,--gc-sections)
endif()

function(outcry_proto_library target proto import_dir)
  file(RELATIVE_PATH relative ${import_dir} ${proto})
  string(REGEX REPLACE "\\.proto$" "" stem ${relative})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated)
  set(generated ${out}/${stem}.pb.cc ${out}/${stem}.grpc.pb.cc)
  file(MAKE_DIRECTORY ${out})
  add_custom_command(
    OUTPUT ${generated} ${out}/${stem}.pb.h ${out}/${stem}.grpc.pb.h
    COMMAND protobuf::protoc --proto_path=${import_dir} --cpp_out=${out} --grpc_out=${out}
            --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN} ${proto}
    DEPENDS ${proto}
    VERBATIM)
  add_library(${target} STATIC ${generated})
  target_include_directories(${target} SYSTEM PUBLIC ${out})
  target_link_libraries(${target} PUBLIC grpc_libraries)
endfunction()
