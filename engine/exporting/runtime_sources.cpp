// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting/runtime_sources.h"

#include <fstream>
#include <iterator>
#include <regex>
#include <vector>

namespace exporting {
namespace {

namespace fs = std::filesystem;

std::string textOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Sources that may define kernels for these instructions.
std::vector<fs::path> kernelFiles(const fs::path& root, types::Isa isa) {
    std::vector<fs::path> directories = {root / "runtime" / "kernels"};
    if (isa == types::Isa::Portable) directories.push_back(root / "runtime" / "riscv");
    if (isa == types::Isa::Dsp) directories.push_back(root / "runtime" / "cortex_m" / "dsp");
    if (isa == types::Isa::Mve) directories.push_back(root / "runtime" / "cortex_m" / "mve");
    std::vector<fs::path> files;
    for (const fs::path& directory : directories) {
        std::error_code problem;
        for (const auto& entry : fs::directory_iterator(directory, problem))
            if (entry.path().extension() == ".cpp") files.push_back(entry.path());
    }
    return files;
}

class Closure {
public:
    explicit Closure(fs::path root) : m_root(std::move(root)) {}

    /// Adds a file and everything that it includes; names outside the runtime are ignored.
    void add(const std::string& name) {
        // The lists of all kernels: an exported library generates its own.
        if (name == "runtime/kernels/kernel_set.cpp" || name == "runtime/riscv/riscv_kernels.cpp")
            return;
        if (!fs::exists(m_root / name) || !m_files.insert(name).second) return;
        static const std::regex include(R"(#include "(runtime/[^"]+)\.h")");
        const std::string text = textOf(m_root / name);
        for (auto it = std::sregex_iterator(text.begin(), text.end(), include);
             it != std::sregex_iterator(); ++it) {
            add((*it)[1].str() + ".h");
            add((*it)[1].str() + ".cpp");
        }
    }

    std::set<std::string> files() && { return std::move(m_files); }

private:
    fs::path m_root;
    std::set<std::string> m_files;
};

}  // namespace

types::Result<std::set<std::string>> runtimeSources(const fs::path& root,
                                                    const std::set<std::string>& functions,
                                                    types::Isa isa) {
    Closure closure(root);
    closure.add("runtime/run.cpp");
    if (isa != types::Isa::Portable) {
        closure.add("runtime/cortex_m/packed_kernels.h");
        closure.add("runtime/cortex_m/replacements.h");
    }
    std::set<std::string> missing = functions;
    for (const fs::path& file : kernelFiles(root, isa)) {
        const std::string text = textOf(file);
        for (const std::string& function : functions)
            if (text.find("Status " + function + "(const Call&") != std::string::npos) {
                closure.add(file.lexically_relative(root).generic_string());
                missing.erase(function);
            }
    }
    if (!missing.empty())
        return types::fail("source of kernel " + *missing.begin() + " is missing", root.string(),
                           "set NETCALIPER_RESOURCES to the directory with runtime/");
    return std::move(closure).files();
}

}  // namespace exporting
