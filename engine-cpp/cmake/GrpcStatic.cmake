# grpc_static: gRPC and protobuf as static libraries, so that the server needs nothing but libc and libm.
# Debian's gRPCConfig.cmake names only shared libraries, hence the archives by name.
# outcry_proto_library(<target> <file.proto> <import dir>): generated messages and services.
set(Protobuf_USE_STATIC_LIBS ON)
find_package(Protobuf REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)

foreach(name grpc++ grpc gpr upb address_sorting re2 cares z ssl crypto)
  find_library(LIB_${name} NAMES lib${name}.a REQUIRED)
  list(APPEND GRPC_ARCHIVES ${LIB_${name}})
endforeach()
get_filename_component(ARCHIVE_DIR ${LIB_gpr} DIRECTORY)
file(GLOB ABSL_ARCHIVES ${ARCHIVE_DIR}/libabsl_*.a)

add_library(grpc_static INTERFACE)
target_link_libraries(
  grpc_static
  INTERFACE "$<LINK_GROUP:RESCAN,${GRPC_ARCHIVES},${Protobuf_LIBRARY},${ABSL_ARCHIVES}>"
            Threads::Threads dl m)
target_link_options(grpc_static INTERFACE -static-libstdc++ -static-libgcc -Wl,--gc-sections)

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
  target_link_libraries(${target} PUBLIC grpc_static)
endfunction()
