// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting/c_library_text.h"

#include <cctype>
#include <cstdio>
#include <functional>

#include "runtime/cortex_m/packed_kernels.h"

namespace exporting {
namespace {

constexpr size_t kBytesPerLine = 16;
constexpr const char* kWrittenBy = "// Written by Netcaliper.\n";

/// Preprocessor condition that is true on the variant's core.
std::string conditionOf(types::Isa isa) {
    if (isa == types::Isa::Mve) return "#if defined(__ARM_FEATURE_MVE)\n";
    if (isa == types::Isa::Dsp) return "#elif defined(__ARM_FEATURE_DSP)\n";
    return "#else\n";
}

constexpr const char* kIfRiscV = "#if defined(__riscv_mul) && __riscv_xlen == 32\n";

std::string upper(std::string text) {
    for (char& c : text)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

template <typename Text>
std::string perVariant(const Library& library, Text text) {
    std::string all;
    for (const LibraryVariant& variant : library.variants)
        all += conditionOf(variant.isa) + text(variant);
    return all + "#endif\n";
}

std::string constantText(const std::string& macro, uint32_t value) {
    return "#define " + macro + " " + std::to_string(value) + "u\n";
}

std::string kernelLine(const std::string& id, const std::string& function) {
    return "    set[runtime::KernelId::" + id + "] = runtime::" + function + ";\n";
}

std::string kernelTable(const LibraryVariant& variant) {
    std::string text =
        "constexpr runtime::KernelSet makeKernels() {\n    runtime::KernelSet set;\n";
    std::string packed;
    for (const auto& [id, function] : variant.kernels) {
        if (id.starts_with("Packed"))
            packed =
                "    set.packed = kPacked;\n    set.packedCount = sizeof kPacked / sizeof "
                "*kPacked;\n";
        else
            text += kernelLine(id, function);
    }
    if (!variant.riscvKernels.empty()) {
        text += kIfRiscV;
        for (const auto& [id, function] : variant.riscvKernels)
            text += kernelLine(id, function);
        text += "#endif\n";
    }
    return text + packed + "    return set;\n}\n";
}

// Ids of packed kernels count from the first, so the table has a slot for every packed kernel;
// slots that the model does not use are null.
std::string packedTable(const LibraryVariant& variant) {
    if (variant.isa == types::Isa::Portable) return {};
    std::string text = "constexpr runtime::Kernel kPacked[] = {\n";
#define NETCALIPER_NAME(id, function) #id,
    for (const char* id : {NETCALIPER_PACKED_KERNELS(NETCALIPER_NAME)}) {
#undef NETCALIPER_NAME
        const auto found = variant.kernels.find(id);
        text += "    " + (found == variant.kernels.end() ? "nullptr" : "runtime::" + found->second);
        text += ",\n";
    }
    return text + "};\n";
}

std::string sampleArrays(const Library& library) {
    std::string text;
    for (size_t i = 0; i < library.inputs.size(); ++i)
        text += "const unsigned char kInput" + std::to_string(i) + "[] = {" +
                bytesText(library.inputs[i].sample) + "};\n";
    for (size_t i = 0; i < library.outputs.size(); ++i)
        text += "unsigned char output" + std::to_string(i) + "[" +
                std::to_string(library.outputs[i].bytes) + "];\n";
    return text;
}

std::string list(const std::string& name, size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i)
        text += (i > 0 ? ", " : "") + name + std::to_string(i);
    return text;
}

std::string portLines(const char* which, const std::vector<LibraryPort>& ports) {
    std::string text;
    for (size_t i = 0; i < ports.size(); ++i)
        text += std::string("//   ") + which + "[" + std::to_string(i) +
                "]: " + ports[i].description + ", " + std::to_string(ports[i].bytes) + " bytes\n";
    return text;
}

std::string wholeFunction(const Library& library) {
    return "}  // namespace\n\nextern \"C\" int " + library.name +
           "_run(const void* const inputs[], void* const outputs[]) {\n"
           "    return runWith({arena, state}, inputs, outputs);\n}\n";
}

std::string feedingFunctions(const Library& library) {
    return "using Next = int (*)(void* context, unsigned input, void* to, unsigned bytes);\n\n"
           "/// Rows from the caller's function.\n"
           "struct Caller : runtime::Feeder {\n"
           "    Next function;\n    void* context;\n};\n"
           "bool askCaller(const runtime::Feeder& self, uint32_t input, uint8_t* to, uint32_t "
           "bytes) {\n"
           "    const auto& caller = static_cast<const Caller&>(self);\n"
           "    return caller.function(caller.context, input, to, bytes) == 0;\n}\n\n"
           "/// Rows from whole inputs in the caller's memory.\n"
           "struct Wholes {\n"
           "    const void* const* inputs;\n    unsigned positions[" +
           std::to_string(library.inputs.size()) +
           "];\n};\n"
           "int copyRows(void* context, unsigned input, void* to, unsigned bytes) {\n"
           "    auto& wholes = *static_cast<Wholes*>(context);\n"
           "    const auto* from = static_cast<const unsigned char*>(wholes.inputs[input]);\n"
           "    __builtin_memcpy(to, from + wholes.positions[input], bytes);\n"
           "    wholes.positions[input] += bytes;\n    return 0;\n}\n\n"
           "int runRows(Next next, void* context, const void* const inputs[], void* const "
           "outputs[]) {\n"
           "    const Caller caller{{askCaller}, next, context};\n"
           "    return runWith({arena, state, &caller}, inputs, outputs);\n}\n\n"
           "}  // namespace\n\nextern \"C\" int " +
           library.name +
           "_run(const void* const inputs[], void* const outputs[]) {\n"
           "    Wholes wholes{inputs, {}};\n"
           "    return runRows(copyRows, &wholes, inputs, outputs);\n}\n\n"
           "extern \"C\" int " +
           library.name +
           "_run_rows(Next next, void* context, void* const outputs[]) {\n"
           "    return runRows(next, context, nullptr, outputs);\n}\n";
}

bool isOfRiscV(const std::string& source) {
    return source.starts_with("runtime/riscv/");
}

template <typename Which>
std::string sourceList(const std::string& variable, const std::set<std::string>& sources,
                       Which which) {
    std::string text = variable + " :=";
    for (const std::string& source : sources)
        if (source.ends_with(".cpp") && which(source)) text += " \\\n    " + source;
    return text + "\n";
}

}  // namespace

std::string bytesText(std::span<const uint8_t> bytes) {
    std::string text;
    text.reserve(bytes.size() * 6);
    char cell[8];
    for (size_t i = 0; i < bytes.size(); ++i) {
        text += i % kBytesPerLine == 0 ? "\n    " : " ";
        std::snprintf(cell, sizeof cell, "0x%02x,", bytes[i]);
        text += cell;
    }
    return text + "\n";
}

std::string programFileName(types::Isa isa) {
    return isa == types::Isa::Mve   ? "program_mve.inc"
           : isa == types::Isa::Dsp ? "program_dsp.inc"
                                    : "program_plain.inc";
}

std::string programText(const LibraryVariant& variant) {
    return bytesText(variant.program);
}

std::string libraryHeader(const Library& library) {
    const std::string macro = upper(library.name);
    std::string text = "// Model " + library.model + ". Written by Netcaliper.\n#pragma once\n\n";
    text += "// Bytes of RAM that the library holds for activations and for state.\n";
    text += perVariant(library, [&](const LibraryVariant& v) {
        return constantText(macro + "_ARENA_BYTES", v.arenaBytes) +
               constantText(macro + "_STATE_BYTES", v.stateBytes);
    });
    text +=
        "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n// Runs the model once. Returns 0, or "
        "a number of runtime/status.h.\n";
    if (library.hops > 1)
        text += "// Status 6: no new outputs in this run; one in " + std::to_string(library.hops) +
                " runs has some.\n";
    text += portLines("inputs", library.inputs) + portLines("outputs", library.outputs);
    text += "// Not to be called by two threads at a time.\n";
    text += "int " + library.name + "_run(const void* const inputs[], void* const outputs[]);\n";
    if (library.feeds())
        text +=
            "\n// The same with inputs that come row by row. The library calls next() for the next "
            "bytes of\n// an input, each byte once and in order; it writes them to `to` and "
            "returns "
            "0, or another\n// number to end the run. No input is kept as a whole.\n"
            "int " +
            library.name +
            "_run_rows(int (*next)(void* context, unsigned input, void* to, unsigned bytes),\n"
            "    void* context, void* const outputs[]);\n";
    return text + "\n#ifdef __cplusplus\n}\n#endif\n";
}

std::string librarySource(const Library& library) {
    const std::string macro = upper(library.name);
    std::string text = kWrittenBy;
    text += "#include \"" + library.name + ".h\"\n\n#include \"runtime/run.h\"\n";
    text +=
        "#if defined(__ARM_FEATURE_DSP)\n#include \"runtime/cortex_m/packed_kernels.h\"\n"
        "#include \"runtime/cortex_m/replacements.h\"\n#endif\n";
    for (const LibraryVariant& variant : library.variants)
        if (!variant.riscvKernels.empty())
            text += kIfRiscV + std::string("#include \"runtime/riscv/riscv_kernels.h\"\n#endif\n");
    text += "\nnamespace {\n\n";
    text += perVariant(library, [](const LibraryVariant& v) {
        return "alignas(16) constexpr unsigned char kProgram[] = {\n#include \"" +
               programFileName(v.isa) + "\"\n};\n" + packedTable(v) + kernelTable(v);
    });
    text += "\nconstexpr runtime::KernelSet kKernels = makeKernels();\n\n";
    text += "alignas(16) unsigned char arena[" + macro + "_ARENA_BYTES + 16];\n";
    text += "alignas(16) unsigned char state[" + macro + "_STATE_BYTES + 16];\n";
    text += "bool started = false;\n\n";
    text +=
        "int runWith(const runtime::Memory& memory, const void* const inputs[], void* const "
        "outputs[]) {\n"
        "    const auto& program = *reinterpret_cast<const runtime::Program*>(kProgram);\n"
        "    if (!started) runtime::resetState(program, memory);\n"
        "    started = true;\n"
        "    for (unsigned i = 0; i < program.inputs.count; ++i)\n"
        "        if (unsigned char* to = runtime::addressOf(program, memory, program.input(i))) {\n"
        "            const auto bytes = program.tensor(program.input(i)).bytes;\n"
        "            if (inputs != nullptr)\n"
        "                __builtin_memcpy(to, inputs[i], bytes);\n"
        "            else if (!memory.feeder->next(*memory.feeder, i, to, bytes))\n"
        "                return static_cast<int>(runtime::Status::Stopped);\n"
        "        }\n"
        "    const auto status = runtime::run(program, kKernels, memory);\n"
        "    if (status != runtime::Status::Ok) return static_cast<int>(status);\n"
        "    for (unsigned i = 0; i < program.outputs.count; ++i)\n"
        "        __builtin_memcpy(outputs[i], runtime::addressOf(program, memory, "
        "program.output(i)),\n                         "
        "program.tensor(program.output(i)).bytes);\n"
        "    return 0;\n}\n\n";
    return text + (library.feeds() ? feedingFunctions(library) : wholeFunction(library));
}

std::string selfTestSource(const Library& library) {
    std::string text = kWrittenBy;
    text +=
        "// One run with a fixed input; every output must have the CRC-32 found when the\n"
        "// library was written.\n";
    text += "#include \"runtime/checksum.h\"\n#include \"" + library.name +
            ".h\"\n#include \"port.h\"\n\nnamespace {\n\n" + sampleArrays(library) +
            "\n}  // namespace\n\nint selfTest() {\n";
    text += "    const void* const inputs[] = {" + list("kInput", library.inputs.size()) + "};\n";
    text += "    void* const outputs[] = {" + list("output", library.outputs.size()) + "};\n";
    if (library.hops > 1)
        text += "    for (int hop = 1; hop < " + std::to_string(library.hops) +
                "; ++hop)\n        " + library.name + "_run(inputs, outputs);\n";
    text += "    if (" + library.name +
            "_run(inputs, outputs) != 0) {\n        portWrite(\"self-test: the run failed\\n\");\n"
            "        return 1;\n    }\n    bool good = true;\n";
    for (size_t i = 0; i < library.outputs.size(); ++i) {
        char crc[16];
        std::snprintf(crc, sizeof crc, "0x%08xu", library.outputs[i].crc);
        const std::string output = "output" + std::to_string(i);
        text += "    good &= runtime::checksum(" + output + ", sizeof " + output + ") == " + crc +
                ";\n";
    }
    text += "    portWrite(good ? \"self-test: passed\\n\" : \"self-test: outputs differ\\n\");\n";
    return text + "    return good ? 0 : 1;\n}\n";
}

std::string hostPortSource() {
    return std::string(kWrittenBy) +
           "// Port for a machine with a C library.\n#include <cstdio>\n\n#include \"port.h\"\n\n"
           "void portWrite(const char* text) {\n    std::fputs(text, stdout);\n}\n\n"
           "int main() {\n    return selfTest();\n}\n";
}

std::string boardPortSource() {
    return std::string(kWrittenBy) +
           "// Port for an emulated Cortex-M or RISC-V: text and exit through the emulator.\n"
           "#include \"firmware/semihosting.h\"\n#include \"firmware/start.h\"\n"
           "#include \"port.h\"\n\n"
           "void portWrite(const char* text) {\n    firmware::write(text);\n}\n\n"
           "namespace firmware {\n\nuint32_t main() {\n    return "
           "static_cast<uint32_t>(selfTest());\n"
           "}\n\nvoid onFault(uint32_t, uint32_t) {\n    write(\"self-test: crashed\\n\");\n"
           "    exitWith(2);\n}\n\n}  // namespace firmware\n";
}

std::string makefileText(const Library& library) {
    std::string text =
        "# Written by Netcaliper.\n"
        "# make host: build/self_test for this machine.  make m4: build/self_test.elf.\n"
        "# make rv32: build/self_test_rv32.elf for RISC-V RV32IMC.\n"
        "# make run-host, make run-m4, make run-rv32: build and run them (in QEMU).\n"
        "FLAGS := -std=c++20 -O2 -I. -fno-exceptions -fno-rtti -ffp-contract=off "
        "\\\n"
        "    -fno-math-errno -Wall -Wextra -Werror\n"
        "M4 := -mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16\n"
        "BARE := -ffreestanding -ffunction-sections -fdata-sections "
        "-fno-tree-loop-distribute-patterns\n"
        "RV32 := -march=rv32imc -mabi=ilp32 -msmall-data-limit=0\n";
    for (const LibraryVariant& variant : library.variants) {
        const auto all = [](const std::string&) { return true; };
        if (variant.isa == types::Isa::Dsp) text += sourceList("DSP", variant.sources, all);
        if (variant.isa != types::Isa::Portable) continue;
        text += sourceList("HOST", variant.sources, std::not_fn(isOfRiscV));
        text += sourceList("RISCV", variant.sources, isOfRiscV);
    }
    text += "OWN := " + library.name + ".cpp self_test.cpp\n";
    return text +
           "BOARD := firmware/memory_functions.cpp port_board.cpp\n\n"
           "host: build/self_test\nm4: build/self_test.elf\nrv32: build/self_test_rv32.elf\n"
           "run-host: host\n\tbuild/self_test\n"
           "run-m4: m4\n\tqemu-system-arm -M mps2-an386 -nodefaults -display none \\\n"
           "\t    -chardev stdio,id=log -semihosting-config enable=on,target=native,chardev=log "
           "\\\n"
           "\t    -kernel build/self_test.elf\n"
           "run-rv32: rv32\n\tqemu-system-riscv32 -M virt -bios none -nodefaults -display none \\\n"
           "\t    -chardev stdio,id=log -semihosting-config enable=on,target=native,chardev=log "
           "\\\n"
           "\t    -kernel build/self_test_rv32.elf\n\n"
           "build/self_test: $(OWN) $(HOST) port_host.cpp\n\tmkdir -p build\n"
           "\t$(CXX) $(FLAGS) $^ -o $@\n\n"
           "build/self_test.elf: $(OWN) $(DSP) firmware/start.cpp $(BOARD)\n\tmkdir -p build\n"
           "\tarm-none-eabi-g++ $(M4) $(FLAGS) $(BARE) -nostdlib -Wl,--gc-sections "
           "-Lfirmware/boards \\\n"
           "\t    -Tan386.ld $^ -lgcc -o $@\n"
           "\tarm-none-eabi-size $@\n\n"
           "build/self_test_rv32.elf: $(OWN) $(HOST) $(RISCV) firmware/start_riscv.cpp $(BOARD)\n"
           "\tmkdir -p build\n"
           "\triscv64-unknown-elf-g++ $(RV32) $(FLAGS) $(BARE) -nostdlib -Wl,--gc-sections \\\n"
           "\t    -Lfirmware/boards -Tvirt.ld $^ -lgcc -o $@\n"
           "\triscv64-unknown-elf-size $@\n\n"
           ".PHONY: host m4 rv32 run-host run-m4 run-rv32\n";
}

std::string readmeText(const Library& library) {
    std::string text = "# " + library.name + "\n\nModel " + library.model +
                       " with the runtime it was evaluated on, as a library without dependencies: "
                       "no heap, no exceptions, no C library but the four memory functions.\n\n"
                       "    make run-host    # the self-test on this machine\n"
                       "    make run-m4      # the same on an emulated Cortex-M4\n"
                       "    make run-rv32    # the same on an emulated RISC-V RV32IMC\n\n"
                       "Call `" +
                       library.name + "_run()` of `" + library.name + ".h`.\n\n## Files\n\n";
    const auto row = [&](const std::string& file, const char* what) {
        text += "- `" + file + "`: " + what + "\n";
    };
    row(library.name + ".h", "the one function, sizes of arena, inputs and outputs");
    row(library.name + ".cpp", "the function, the table of kernels, the memory");
    for (const LibraryVariant& variant : library.variants)
        row(programFileName(variant.isa), "the model's Program for one kind of core");
    row("self_test.cpp", "a run with a fixed input, compared by CRC-32");
    row("port.h", "the two functions that a port of the self-test supplies");
    row("port_host.cpp", "they, for a machine with a C library");
    row("port_board.cpp", "they, for the emulated board");
    row("Makefile", "builds and runs the self-test");
    row("firmware/", "start-up code and linker scripts of the emulated boards");
    std::set<std::string> sources;
    for (const LibraryVariant& variant : library.variants)
        sources.insert(variant.sources.begin(), variant.sources.end());
    for (const std::string& source : sources)
        row(source, "runtime");
    text += "\n## Porting\n\nCompile `" + library.name +
            ".cpp` and the runtime's sources for your core (C++20, `-ffp-contract=off`). For the "
            "self-test supply two functions: `portWrite(text)`, which shows a line, and a start "
            "(`main` on most boards) that calls `selfTest()` and keeps what it returns: 0 where "
            "all outputs are right.\n\n"
            "All files are under GPL-3.0-or-later but for the model's own data.\n";
    return text;
}

}  // namespace exporting
