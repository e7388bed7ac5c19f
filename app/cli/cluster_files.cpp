// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster_files.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "resource_dir.h"

namespace app {
namespace {

using namespace types;

using Replacements = std::map<std::string, std::string>;

Result<std::string> templateNamed(const std::string& name) {
    const auto file = resourceDirectory() / "cluster" / name;
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || text.empty())
        return types::fail("cannot be read", file.string(), "set NETCALIPER_RESOURCES");
    return text;
}

/// Replaces @KEY@ in one pass, so that a value is never searched for keys.
std::string filled(const std::string& text, const Replacements& words) {
    std::string result;
    for (size_t at = 0; at < text.size();) {
        const size_t end = text[at] == '@' ? text.find('@', at + 1) : std::string::npos;
        const auto word =
            end == std::string::npos ? words.end() : words.find(text.substr(at + 1, end - at - 1));
        if (word == words.end()) {
            result += text[at++];
            continue;
        }
        result += word->second;
        at = end + 1;
        // An empty value on a line of its own takes the line along.
        const bool ownsLine = word->second.empty() && (result.empty() || result.back() == '\n') &&
                              at < text.size() && text[at] == '\n';
        if (ownsLine) ++at;
    }
    return result;
}

/// YAML takes JSON's strings and lists as they are.
std::string jsonOf(const nlohmann::json& value) {
    return value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

/// A line of #SBATCH cannot be quoted: words of letters, digits and a few signs are safe.
bool isPlainWord(const std::string& word) {
    return !word.empty() && std::ranges::all_of(word, [](unsigned char c) {
        return std::isalnum(c) || std::string_view("-_=.,:/+*@[]%").find(static_cast<char>(c)) !=
                                      std::string_view::npos;
    });
}

struct VolumeTexts {
    std::string mounts, volumes;
};

Result<VolumeTexts> volumeTexts(const std::vector<std::string>& claims) {
    VolumeTexts texts;
    for (size_t i = 0; i < claims.size(); ++i) {
        const size_t equals = claims[i].find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == claims[i].size())
            return types::fail("is not CLAIM=PATH", "--volume " + claims[i],
                               "name a persistent volume claim and where it is mounted");
        const std::string name = "data-" + std::to_string(i);
        texts.mounts += "            - name: " + name +
                        "\n              mountPath: " + jsonOf(claims[i].substr(equals + 1)) + "\n";
        texts.volumes += "        - name: " + name +
                         "\n          persistentVolumeClaim:\n            claimName: " +
                         jsonOf(claims[i].substr(0, equals)) + "\n";
    }
    for (std::string* text : {&texts.mounts, &texts.volumes})
        if (!text->empty()) text->pop_back();  // the template's line has its own end
    return texts;
}

}  // namespace

std::string shellQuoted(const std::string& word) {
    std::string quoted = "'";
    for (const char c : word)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

Result<std::vector<std::string>> exportedVariables() {
    if (std::getenv("PGPASSWORD") != nullptr)
        return types::fail("the variable PGPASSWORD holds a password, which a cluster would keep",
                           "environment", "unset it and use a password file or a service file");
    std::vector<std::string> names;
    for (const char* name :
         {"HOME", "PATH", "LD_LIBRARY_PATH", "NETCALIPER_RESOURCES", "PGSERVICE", "PGSERVICEFILE",
          "PGPASSFILE", "PGSYSCONFDIR", "PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGSSLMODE",
          "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY"})
        if (std::getenv(name) != nullptr) names.emplace_back(name);
    return names;
}

Result<std::string> slurmScript(const ClusterRequest& request, const ClusterPlan& plan,
                                const SlurmOptions& options,
                                const std::vector<std::string>& command) {
    const auto text = templateNamed("sweep.sbatch");
    const auto variables = exportedVariables();
    if (!text) return tl::unexpected(text.error());
    if (!variables) return tl::unexpected(variables.error());
    std::vector<std::string> lines = options.others;
    if (!options.partition.empty()) lines.push_back("--partition=" + options.partition);
    std::string optionText;
    for (const std::string& line : lines) {
        if (!isPlainWord(line))
            return types::fail("is not an option of sbatch in one word", line,
                               "write --name=value");
        optionText += (optionText.empty() ? "#SBATCH " : "\n#SBATCH ") + line;
    }
    std::string words, exported;
    for (const std::string& word : command)
        words += (words.empty() ? "" : " ") + shellQuoted(word);
    for (const std::string& name : *variables)
        exported += (exported.empty() ? "" : ",") + name;
    return filled(*text, {{"LAST", std::to_string(plan.tasks - 1)},
                          {"WORKERS", std::to_string(request.workers)},
                          {"THREADS", std::to_string(request.threads)},
                          {"TIME", slurmTime(request.workerSeconds)},
                          {"EXPORT", exported.empty() ? "NIL" : exported},
                          {"OPTIONS", optionText},
                          {"COMMAND", words}});
}

Result<std::string> kubernetesJob(const ClusterRequest& request, const ClusterPlan& plan,
                                  const KubernetesOptions& options, const std::string& id,
                                  const std::vector<std::string>& command) {
    const auto text = templateNamed("sweep-job.yaml");
    const auto volumes = volumeTexts(options.volumes);
    if (!text) return tl::unexpected(text.error());
    if (!volumes) return tl::unexpected(volumes.error());
    if (!isPlainWord(options.secret))
        return types::fail("is not the name of a secret", "--secret " + options.secret, "");
    constexpr int64_t kRetriesEach = 4;
    return filled(*text, {{"ID", id.substr(0, 12)},
                          {"TASKS", std::to_string(plan.tasks)},
                          {"WORKERS", std::to_string(request.workers)},
                          {"RETRIES", std::to_string(kRetriesEach * plan.tasks)},
                          {"THREADS", std::to_string(request.threads)},
                          {"IMAGE", jsonOf(options.image)},
                          {"SECRET", options.secret},
                          {"COMMAND", jsonOf(command)},
                          {"MOUNTS", volumes->mounts},
                          {"VOLUMES", volumes->volumes}});
}

}  // namespace app
