// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to exporting: the files of a C library that are generated, not copied.

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "exporting/runtime_sources.h"

namespace exporting {

/// The Program for one kind of core, and what it requires.
struct LibraryVariant {
    types::Isa isa = types::Isa::Portable;
    std::vector<uint8_t> program;
    uint32_t arenaBytes = 0, stateBytes = 0;
    bool feeds = false;                          ///< reads an input row by row
    std::map<std::string, std::string> kernels;  ///< "PackedConvInt8" -> "packedConvInt8"
    /// Those that replace them on a 32-bit RISC-V core; of the portable variant.
    std::map<std::string, std::string> riscvKernels;
    std::set<std::string> sources;
};

/// A model input or output.
struct LibraryPort {
    std::string description;  ///< "int8 1x49x10x1: real = 0.58 * (code - 83)"
    size_t bytes = 0;
    std::vector<uint8_t> sample;  ///< of an input: what the self-test passes
    uint32_t crc = 0;             ///< of an output: what the self-test expects
};

struct Library {
    std::string name;  ///< a C identifier
    std::string model;
    std::vector<LibraryVariant> variants;
    std::vector<LibraryPort> inputs, outputs;
    size_t hops = 1;  ///< runs per output

    bool feeds() const { return !variants.empty() && variants.front().feeds; }
};

/// "0x01, 0x02, ...", sixteen per line.
std::string bytesText(std::span<const uint8_t> bytes);

std::string libraryHeader(const Library& library);
std::string librarySource(const Library& library);
/// The Program of one variant, for the source to include.
std::string programText(const LibraryVariant& variant);
std::string programFileName(types::Isa isa);
std::string selfTestSource(const Library& library);
std::string hostPortSource();
std::string boardPortSource();
std::string makefileText(const Library& library);
std::string readmeText(const Library& library);

}  // namespace exporting
