// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting/c_library.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>

#include "bytes/write_file.h"
#include "exporting/c_array.h"
#include "exporting/c_library_text.h"
#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "runtime/checksum.h"
#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/cortex_m/replacements.h"
#include "runtime/riscv/riscv_kernels.h"

namespace exporting {
namespace {

namespace fs = std::filesystem;
using types::Graph;
using types::Result;

struct KernelName {
    uint32_t id;
    const char *name, *function;
};

#define NETCALIPER_ROW(id, function) {static_cast<uint32_t>(runtime::KernelId::id), #id, #function},
#define NETCALIPER_PACKED_ROW(id, function) \
    {static_cast<uint32_t>(runtime::PackedKernel::id), #id, #function},
constexpr KernelName kKernels[] = {NETCALIPER_KERNELS(NETCALIPER_ROW)
                                       NETCALIPER_PACKED_KERNELS(NETCALIPER_PACKED_ROW)};
constexpr KernelName kDspReplacements[] = {NETCALIPER_DSP_REPLACEMENTS(NETCALIPER_ROW)};
constexpr KernelName kMveReplacements[] = {NETCALIPER_MVE_REPLACEMENTS(NETCALIPER_ROW)};
constexpr KernelName kRiscVReplacements[] = {NETCALIPER_RISCV_REPLACEMENTS(NETCALIPER_ROW)};

std::span<const KernelName> replacementsOf(types::Isa isa) {
    if (isa == types::Isa::Dsp) return kDspReplacements;
    if (isa == types::Isa::Mve) return kMveReplacements;
    return {};
}

const KernelName* find(std::span<const KernelName> rows, uint32_t id) {
    for (const KernelName& row : rows)
        if (row.id == id) return &row;
    return nullptr;
}

Result<LibraryVariant> makeVariant(const LowerFor& lowerFor, const fs::path& sources,
                                   types::Isa isa) {
    const auto lowered = lowerFor(isa);
    if (!lowered) return tl::unexpected(lowered.error());
    const auto* bytes = reinterpret_cast<const uint8_t*>(lowered->words->data());
    const auto& program = *reinterpret_cast<const runtime::Program*>(bytes);
    LibraryVariant variant;
    variant.isa = isa;
    variant.program.assign(bytes, bytes + lowered->programBytes);
    variant.arenaBytes = program.arenaBytes;
    variant.stateBytes = program.stateBytes;
    for (uint32_t i = 0; i < program.inputs.count; ++i)
        variant.feeds |= program.tensor(program.input(i)).place == runtime::Place::Absent;
    std::set<std::string> functions;
    runtime::forEachOp(program, [&](const runtime::OpRecord& op, uint32_t) {
        const KernelName* kernel = find(kKernels, op.kernel);
        const KernelName* replaced = find(replacementsOf(isa), op.kernel);
        const std::string function = replaced != nullptr ? replaced->function : kernel->function;
        variant.kernels[kernel->name] = function;
        functions.insert(function);
        // A replacement kernel falls back to the plain one, so both are needed.
        if (replaced != nullptr) functions.insert(kernel->function);
        if (isa != types::Isa::Portable) return;
        if (const KernelName* riscv = find(kRiscVReplacements, op.kernel)) {
            variant.riscvKernels[kernel->name] = riscv->function;
            functions.insert(riscv->function);
        }
    });
    auto found = runtimeSources(sources, functions, isa);
    if (!found) return tl::unexpected(found.error());
    variant.sources = std::move(*found);
    return variant;
}

std::string describe(const types::Tensor& tensor) {
    std::string text = types::dataTypeName(tensor.type) + " " + types::shapeText(tensor.shape);
    if (!tensor.quantization.present()) return text;
    char formula[96];
    std::snprintf(formula, sizeof formula, ", real = %.9g * (code - %d)",
                  static_cast<double>(tensor.quantization.scale[0]),
                  tensor.quantization.firstZeroPoint());
    return text + formula;
}

/// Runs the model here on a seeded input: the self-test's input and expected output.
Result<void> addPorts(const Graph& graph, Library& library) {
    auto execution = lowering::Execution::create(graph, lowering::Kernels::Reference);
    if (!execution) return tl::unexpected(execution.error());
    lowering::SeededInputs random(graph, 1);
    for (size_t i = 0; i < execution->inputCount(); ++i) {
        const types::Tensor& tensor = graph.tensor(graph.inputs[i]);
        const auto bytes = execution->input(i);
        random.fill(i, bytes);
        library.inputs.push_back({describe(tensor), bytes.size(), {bytes.begin(), bytes.end()}, 0});
    }
    library.hops = execution->hopsPerOutput();
    const auto fill = [&](lowering::Execution& e) -> Result<void> {
        for (size_t i = 0; i < e.inputCount(); ++i)
            std::ranges::copy(library.inputs[i].sample, e.input(i).begin());
        return {};
    };
    if (auto ran = execution->invokeHops(fill); !ran) return ran;
    for (size_t i = 0; i < execution->outputCount(); ++i) {
        const auto bytes = execution->output(i);
        library.outputs.push_back(
            {describe(graph.tensor(graph.outputs[i])),
             bytes.size(),
             {},
             runtime::checksum(bytes.data(), static_cast<uint32_t>(bytes.size()))});
    }
    return {};
}

class Writer {
public:
    explicit Writer(fs::path directory) : m_directory(std::move(directory)) {}

    void text(const std::string& name, const std::string& content) {
        if (!m_result) return;
        std::error_code problem;
        fs::create_directories((m_directory / name).parent_path(), problem);
        m_result = bytes::writeFile(m_directory / name, content);
        m_files.push_back(m_directory / name);
    }
    void copy(const fs::path& root, const std::string& name) {
        if (!m_result) return;
        std::error_code problem;
        fs::create_directories((m_directory / name).parent_path(), problem);
        fs::copy_file(root / name, m_directory / name, fs::copy_options::overwrite_existing,
                      problem);
        if (problem)
            m_result = types::fail(problem.message(), (root / name).string(),
                                   "set NETCALIPER_RESOURCES to the directory with runtime/");
        m_files.push_back(m_directory / name);
    }
    Result<std::vector<fs::path>> result() {
        if (!m_result) return tl::unexpected(m_result.error());
        return std::move(m_files);
    }

private:
    fs::path m_directory;
    std::vector<fs::path> m_files;
    Result<void> m_result;
};

constexpr const char* kPortHeader =
    "// Written by Netcaliper.\n#pragma once\n\n"
    "/// What a port of the self-test supplies: a way to show text, and a start that calls\n"
    "/// selfTest(), which returns 0 where all outputs are right.\n"
    "void portWrite(const char* text);\nint selfTest();\n";

constexpr const char* kFirmwareFiles[] = {"firmware/start.cpp",
                                          "firmware/start_riscv.cpp",
                                          "firmware/start.h",
                                          "firmware/semihosting.h",
                                          "firmware/boards/an386.ld",
                                          "firmware/boards/virt.ld",
                                          "firmware/memory_functions.cpp",
                                          "firmware/boards/sections.ld"};

void writeFiles(const Library& library, const fs::path& sources, Writer& writer) {
    writer.text(library.name + ".h", libraryHeader(library));
    writer.text(library.name + ".cpp", librarySource(library));
    for (const LibraryVariant& variant : library.variants)
        writer.text(programFileName(variant.isa), programText(variant));
    writer.text("self_test.cpp", selfTestSource(library));
    writer.text("port.h", kPortHeader);
    writer.text("port_host.cpp", hostPortSource());
    writer.text("port_board.cpp", boardPortSource());
    writer.text("Makefile", makefileText(library));
    writer.text("README.md", readmeText(library));
    // Only the self-test needs it; no kernel includes it.
    writer.copy(sources, "runtime/checksum.h");
    for (const char* file : kFirmwareFiles)
        writer.copy(sources, file);
    std::set<std::string> copied;
    for (const LibraryVariant& variant : library.variants)
        copied.insert(variant.sources.begin(), variant.sources.end());
    for (const std::string& file : copied)
        writer.copy(sources, file);
}

}  // namespace

Result<std::vector<fs::path>> writeCLibrary(const Graph& graph, const fs::path& sources,
                                            const fs::path& directory, const LowerFor& lowerFor) {
    const fs::path named = directory.has_filename() ? directory : directory.parent_path();
    Library library;
    library.name = cIdentifier(named.filename().string());
    library.model = graph.name;
    const LowerFor ofWholes = [&graph](types::Isa isa) {
        return lowering::lower(graph, lowering::netcaliperPlan(graph, isa), isa);
    };
    for (const auto isa : {types::Isa::Mve, types::Isa::Dsp, types::Isa::Portable}) {
        auto variant = makeVariant(lowerFor ? lowerFor : ofWholes, sources, isa);
        if (!variant) return tl::unexpected(variant.error());
        library.variants.push_back(std::move(*variant));
    }
    if (auto added = addPorts(graph, library); !added) return tl::unexpected(added.error());
    Writer writer(directory);
    writeFiles(library, sources, writer);
    return writer.result();
}

}  // namespace exporting
