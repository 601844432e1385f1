# One helper per kind of target. Nothing here is global except the warnings of our own code.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(hoiam_flags INTERFACE)
target_compile_options(hoiam_flags INTERFACE -Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers
  # False positives of GCC 12 on std::variant and std::string.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_include_directories(hoiam_flags INTERFACE "${CMAKE_SOURCE_DIR}")

set(HOIAM_SANITIZE "" CACHE STRING "address,undefined or thread")
if(HOIAM_SANITIZE)
  add_compile_options(-fsanitize=${HOIAM_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HOIAM_SANITIZE})
endif()

set(HOIAM_FUZZ OFF CACHE BOOL "build the fuzz targets for libFuzzer; needs clang and its runtime")
if(HOIAM_FUZZ)
  # vptr: the libraries we link were built without type information for it. pointer-overflow, builtin: rapidjson adds to
  # nullptr, and counts the zeros before 0.
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=vptr,pointer-overflow,builtin
    -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# hoiam_library(NAME SRCS a.cc … DEPS x …): a static library of one folder; the headers lie beside the sources.
function(hoiam_library name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  if(ARG_SRCS)
    add_library(${name} STATIC ${ARG_SRCS})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS} hoiam_flags)
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ARG_DEPS} hoiam_flags)
  endif()
endfunction()

# hoiam_binary(NAME SRCS main.cc DEPS …): a program in build/…/bin.
function(hoiam_binary name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} hoiam_flags)
endfunction()

# hoiam_embed_sql(OUT NAMESPACE a.sql …): writes OUT, SQL files as `const hoiam::db::MigrationSet& NAMESPACE::Migrations()`.
function(hoiam_embed_sql out namespace)
  set(files "")
  foreach(f ${ARGN})
    list(APPEND files "${CMAKE_CURRENT_SOURCE_DIR}/${f}")
  endforeach()
  add_custom_command(OUTPUT "${out}"
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DFILES=${files}" -DNAMESPACE=${namespace} -P "${CMAKE_SOURCE_DIR}/cmake/EmbedSql.cmake"
    DEPENDS ${files} "${CMAKE_SOURCE_DIR}/cmake/EmbedSql.cmake" VERBATIM)
endfunction()

# hoiam_migrations(TARGET NAMESPACE 0001_a.sql …): a library of a service's SQL files.
function(hoiam_migrations target namespace)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${target}.cc")
  hoiam_embed_sql("${out}" ${namespace} ${ARGN})
  hoiam_library(${target} SRCS "${out}" DEPS platform_db)
endfunction()

# hoiam_test(NAME LABEL SRCS … DEPS …): one GoogleTest program, one ctest entry, one label (unit, store, rpc, e2e, fuzz).
function(hoiam_test name label)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} hoiam_flags GTest::gmock GTest::gtest GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "HOIAM_BIN_DIR=${CMAKE_BINARY_DIR}/bin;HOIAM_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
endfunction()

# hoiam_fuzz(NAME DEPS …): tests/fuzz/NAME_fuzz.cc with its inputs in tests/fuzz/corpus/NAME.
# In the preset `fuzz` libFuzzer makes more inputs out of them (label fuzz); elsewhere they are replayed (label unit).
function(hoiam_fuzz name)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  set(target ${name}_fuzz)
  set(corpus "${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name}")
  add_executable(${target} ${target}.cc)
  target_link_libraries(${target} PRIVATE fuzz_support ${ARG_DEPS} hoiam_flags)
  if(HOIAM_FUZZ)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    set(found "${CMAKE_BINARY_DIR}/fuzz/${name}")
    file(MAKE_DIRECTORY "${found}")
    add_test(NAME ${target} COMMAND sh -c "exec \"$0\" -max_total_time=\"\${HOIAM_FUZZ_SECONDS:-60}\" \"$@\"" $<TARGET_FILE:${target}>
      -max_len=4096 -timeout=10 -print_final_stats=1 -verbosity=0 "-artifact_prefix=${CMAKE_BINARY_DIR}/fuzz/crash-${name}-"
      "${found}" "${corpus}")
    set_tests_properties(${target} PROPERTIES LABELS fuzz TIMEOUT 100000)
    add_dependencies(hoiam_fuzz_targets ${target})
  else()
    target_sources(${target} PRIVATE replay_main.cc)
    add_test(NAME ${target} COMMAND ${target} "${corpus}")
    set_tests_properties(${target} PROPERTIES LABELS unit TIMEOUT 300)
  endif()
endfunction()
