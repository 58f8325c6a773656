package io.sightline.match.gallery;

/**
 * The changes of the gallery as Lua: each is one transaction, with its entry on the stream of changes. A script that Redis refuses for
 * want of memory has changed nothing: its first write is refused, and after one write no later one is.
 */
final class GalleryScripts {
    /** How many changes a follower may be behind before it must load all again. */
    static final int CHANGES_KEPT = 100_000;

    /**
     * KEYS names, changes, revision; ARGV person prefix, folded name, name, id if new, microseconds, then field and value per template.
     * Gives id, name as kept, 1 if new, templates added.
     */
    static final String ENROL = """
            local id = redis.call('HGET', KEYS[1], ARGV[2])
            local isNew = 0
            if not id then
              isNew = 1
              id = ARGV[4]
              redis.call('HSET', KEYS[1], ARGV[2], id)
              redis.call('HSET', ARGV[1] .. id, 'name', ARGV[3], 'enrolled-at-us', ARGV[5])
            end
            local person = ARGV[1] .. id
            local added = 0
            for i = 6, #ARGV, 2 do
              added = added + redis.call('HSETNX', person, ARGV[i], ARGV[i + 1])
            end
            if added > 0 then
              local revision = redis.call('INCR', KEYS[3])
              redis.call('XADD', KEYS[2], 'MAXLEN', '~', '%d', '*',
                'revision', revision, 'kind', 'enrolled', 'person', id)
            end
            return {id, redis.call('HGET', person, 'name'), isNew, added}
            """.formatted(CHANGES_KEPT);

    /**
     * KEYS names, changes, revision; ARGV person prefix, pictures prefix, picture prefix, id, folded name. Gives templates and pictures
     * erased, or -1 when the person was removed meanwhile.
     */
    static final String REMOVE = """
            local person = ARGV[1] .. ARGV[4]
            if redis.call('EXISTS', person) == 0 then
              return {-1, 0}
            end
            local templates = 0
            for _, field in ipairs(redis.call('HKEYS', person)) do
              if string.sub(field, 1, 9) == 'template/' then templates = templates + 1 end
            end
            local pictures = 0
            local kept = ARGV[2] .. ARGV[4]
            for _, key in ipairs(redis.call('SMEMBERS', kept)) do
              pictures = pictures + redis.call('DEL', ARGV[3] .. key)
            end
            redis.call('DEL', kept)
            redis.call('DEL', person)
            if redis.call('HGET', KEYS[1], ARGV[5]) == ARGV[4] then
              redis.call('HDEL', KEYS[1], ARGV[5])
            end
            local revision = redis.call('INCR', KEYS[3])
            redis.call('XADD', KEYS[2], 'MAXLEN', '~', '%d', '*',
              'revision', revision, 'kind', 'removed', 'person', ARGV[4])
            return {templates, pictures}
            """.formatted(CHANGES_KEPT);

    private GalleryScripts() {}
}
