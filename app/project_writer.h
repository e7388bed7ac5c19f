// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProjectWriter: keeps a project file equal to a Project that changes. Each write() stores what is
// different from the last one, as one change of the file, so that a killed process leaves the whole
// last Project or the whole one before. Thread rules: one thread at a time.

#include <map>
#include <set>

#include "app/project.h"
#include "store/project_file.h"

namespace app {

class ProjectWriter {
public:
    /// Creates the file, or empties it.
    static types::Result<ProjectWriter> create(const std::filesystem::path& path);

    /// After an Error the file holds the Project of the last write that succeeded.
    types::Result<void> write(const Project& project);
    store::ProjectFile& file() { return m_file; }

private:
    struct Kept {
        int64_t id = 0;
        engine::VariedPtr trained;
        types::EvaluationPtr evaluation;
    };
    /// What the file holds.
    struct Content {
        Project project;
        int64_t model = 0;
        std::map<std::string, Kept> variations;  ///< by their documents
    };
    explicit ProjectWriter(store::ProjectFile file) : m_file(std::move(file)) {}

    types::Result<void> writeModel(const Project& project, Content& content);
    types::Result<void> writeVariations(const Project& project, Content& content);
    types::Result<void> writeVariation(const Project& project, size_t index, Content& content,
                                       std::set<std::string>& present);
    types::Result<void> removeOthers(const std::set<std::string>& present, Content& content);
    types::Result<void> writeMarks(const Project& project, const Content& content);
    types::Result<void> writeSessions(const Project& project, const Content& content);
    types::Result<void> writeWorkspace(const Project& project, const Content& content);

    store::ProjectFile m_file;
    Content m_content;
};

}  // namespace app
