// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting/c_array.h"

#include <cctype>
#include <cstdio>

#include "bytes/write_file.h"
#include "exporting/op_resolver.h"
#include "tflite/write.h"

namespace exporting {
namespace {

using namespace types;

constexpr size_t kArrayBytesPerLine = 16;

/// A C identifier made of a file's stem.
std::filesystem::path withoutCEnding(const std::filesystem::path& file) {
    const auto ending = file.extension();
    const bool known = ending == ".cc" || ending == ".cpp" || ending == ".c" || ending == ".h";
    return known ? std::filesystem::path(file).replace_extension() : file;
}

std::string ioLine(const Graph& graph, int32_t index, const char* which) {
    const Tensor& t = graph.tensor(index);
    std::string line =
        std::string("//   ") + which + " " + dataTypeName(t.type) + " " + shapeText(t.shape);
    if (t.quantization.present()) {
        char formula[96];
        std::snprintf(formula, sizeof formula, ": real = %.9g * (code - %d)",
                      static_cast<double>(t.quantization.scale[0]),
                      t.quantization.firstZeroPoint());
        line += formula;
    }
    return line + "\n";
}

std::string arenaLine(const Evaluation& e) {
    const auto used = e.tflmCortexM.usedBytes();
    if (used)
        return "// Tensor arena for TFLM on a Cortex-M: " + std::to_string(*used) +
               " bytes, plus what your TFLM version adds; check arena_used_bytes().\n";
    if (e.tflmCortexM.isRefused)
        return "// No tensor arena: " + e.tflmCortexM.unknownReason + ".\n";
    return "// Tensor arena for TFLM: at least " + std::to_string(e.tflmCortexM.atLeastBytes) +
           " bytes; not known: " + e.tflmCortexM.unknownReason + ".\n";
}

std::string headerText(const Evaluation& e, const std::string& name, size_t length) {
    const Graph& graph = *e.graph;
    std::string text = "// Model " + graph.name + ", " + e.variation.label() + ", " +
                       std::to_string(length) + " bytes. Written by Netcaliper.\n";
    for (int32_t input : graph.inputs)
        text += ioLine(graph, input, "input ");
    for (int32_t output : graph.outputs)
        text += ioLine(graph, output, "output");
    text += arenaLine(e);
    const auto methods = resolverMethods(graph);
    text += "// Operators to register (each call returns a status; check every one):\n";
    text +=
        "//   tflite::MicroMutableOpResolver<" + std::to_string(methods.size()) + "> resolver;\n";
    for (const std::string& method : methods)
        text += "//   resolver." + method + "();\n";
    text += "#pragma once\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
    text += "extern const unsigned char " + name + "[];\n";
    text += "extern const unsigned int " + name + "_len;\n";
    return text + "\n#ifdef __cplusplus\n}\n#endif\n";
}

std::string sourceText(const std::string& headerName, const std::string& name,
                       std::span<const uint8_t> bytes) {
    std::string text =
        "#include \"" + headerName + "\"\n\nalignas(16) const unsigned char " + name + "[] = {";
    char cell[8];
    for (size_t i = 0; i < bytes.size(); ++i) {
        text += i % kArrayBytesPerLine == 0 ? "\n    " : " ";
        std::snprintf(cell, sizeof cell, "0x%02x,", bytes[i]);
        text += cell;
    }
    return text + "\n};\nconst unsigned int " + name + "_len = sizeof(" + name + ");\n";
}

}  // namespace

std::string cIdentifier(const std::string& stem) {
    std::string name;
    for (char c : stem)
        name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0]))) name = "model_" + name;
    return name;
}

Result<std::vector<std::filesystem::path>> writeCArray(const Evaluation& evaluation,
                                                       const std::filesystem::path& file) {
    std::filesystem::path source = withoutCEnding(file), header = source;
    const std::string name = cIdentifier(source.filename().string());
    source += ".cc";
    header += ".h";
    const Bytes bytes = tflite::writeBytes(*evaluation.graph);
    auto written = bytes::writeFile(header, headerText(evaluation, name, bytes.size()));
    if (written)
        written =
            bytes::writeFile(source, sourceText(header.filename().string(), name, bytes.view()));
    if (!written) return tl::unexpected(written.error());
    return std::vector{source, header};
}

}  // namespace exporting
