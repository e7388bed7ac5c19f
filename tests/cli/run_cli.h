// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs netcaliper-cli like a user and keeps its output.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/temporary_dir.h"

namespace terminal {

using nlohmann::json;

struct Ran {
    int status = -1;
    std::string out, err;
};

inline std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// `before`: commands and variables of the shell before the program's name.
inline Ran runWith(const std::string& before, const std::string& arguments) {
    const support::TemporaryDir dir;
    const std::string command =
        before + NETCALIPER_CLI + " " + arguments + " 2>" + (dir / "err").string();
    Ran ran;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> chunk;
    for (size_t n; (n = fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
        ran.out.append(chunk.data(), n);
    ran.status = WEXITSTATUS(pclose(pipe));
    ran.err = contentOf(dir / "err");
    return ran;
}

inline Ran run(const std::string& arguments) {
    return runWith("", arguments);
}

inline json runJson(const std::string& arguments) {
    const Ran ran = run(arguments + " --json");
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.status == 0 ? json::parse(ran.out) : json();
}

/// A model that is built with the project.
inline std::string bundled(const std::string& name) {
    return std::string(NETCALIPER_BUNDLED_MODELS) + "/" + name;
}

}  // namespace terminal
